package dev.patchgrad.guard.planted;

import dev.patchgrad.guard.VectorHygiene;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Faults that are excused, well and badly, by an annotation that this code declares itself. */
@VectorHygiene(classes = Excused.Helpers.class)
public final class Excused {
  private Excused() {}

  /** Of the same simple name as the guard's own. */
  @interface VectorExcuse {
    String value();
  }

  /** What is held to the rules. */
  static final class Helpers {
    @VectorExcuse("one line, which C2 inlines at any depth")
    static FloatVector twice(FloatVector x) {
      return x.add(x);
    }

    @VectorExcuse("bad")
    static FloatVector excusedWithoutReason(FloatVector x) {
      return x.mul(x);
    }

    @VectorExcuse("set once, by the program's start")
    static VectorSpecies<Float> species = FloatVector.SPECIES_PREFERRED;

    @VectorExcuse("its lambda is inlined where it is made")
    static float withLambda(float[] x) {
      FloatVector first = FloatVector.fromArray(FloatVector.SPECIES_128, x, 0);
      java.util.function.Supplier<FloatVector> square = () -> first.mul(first);
      return square.get().lane(0);
    }

    @VectorExcuse("it is inlined, or so people hoped")
    static FloatVector excusedAndTooLarge(FloatVector x) {
      FloatVector y = x;
      y = y.add(x).mul(x).sub(x).max(x).min(x).add(x).mul(x).sub(x);
      y = y.add(x).mul(x).sub(x).max(x).min(x).add(x).mul(x).sub(x);
      y = y.add(x).mul(x).sub(x).max(x).min(x).add(x).mul(x).sub(x);
      y = y.add(x).mul(x).sub(x).max(x).min(x).add(x).mul(x).sub(x);
      y = y.add(x).mul(x).sub(x).max(x).min(x).add(x).mul(x).sub(x);
      y = y.add(x).mul(x).sub(x).max(x).min(x).add(x).mul(x).sub(x);
      y = y.add(x).mul(x).sub(x).max(x).min(x).add(x).mul(x).sub(x);
      y = y.add(x).mul(x).sub(x).max(x).min(x).add(x).mul(x).sub(x);
      y = y.add(x).mul(x).sub(x).max(x).min(x).add(x).mul(x).sub(x);
      y = y.add(x).mul(x).sub(x).max(x).min(x).add(x).mul(x).sub(x);
      y = y.add(x).mul(x).sub(x).max(x).min(x).add(x).mul(x).sub(x);
      y = y.add(x).mul(x).sub(x).max(x).min(x).add(x).mul(x).sub(x);
      return y;
    }
  }
}
