package dev.patchgrad.guard.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Vector code with one fault in each class, as people write it. */
public final class Vectors {
  static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private Vectors() {}

  /** A helper that C2 does not inline, since it calls itself. */
  static final class BoxedHelper {
    static float sum(float[] x) {
      FloatVector sum = FloatVector.zero(S);
      for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
        sum = powers(sum, FloatVector.fromArray(S, x, i), 3);
      }
      return sum.reduceLanes(VectorOperators.ADD);
    }

    private static FloatVector powers(FloatVector sum, FloatVector x, int power) {
      FloatVector more = sum.add(x);
      return power == 0 ? more : powers(more, x.mul(x), power - 1);
    }
  }

  /** A species that comes as a parameter, and is not always the same. */
  static final class MixedSpecies {
    static float sum(VectorSpecies<Float> species, float[] x) {
      FloatVector sum = FloatVector.zero(species);
      for (int i = 0; i < species.loopBound(x.length); i += species.length()) {
        sum = sum.add(FloatVector.fromArray(species, x, i));
      }
      return sum.reduceLanes(VectorOperators.ADD);
    }
  }

  /** What is called by an interface that has many implementations. */
  interface Operation {
    FloatVector apply(FloatVector x, FloatVector y);
  }

  /** A call that C2 inlines while it has seen one type or two, and not with more. */
  static final class PollutedProfile {
    static float sum(Operation operation, float[] x) {
      FloatVector sum = FloatVector.zero(S);
      for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
        sum = operation.apply(sum, FloatVector.fromArray(S, x, i));
      }
      return sum.reduceLanes(VectorOperators.ADD);
    }
  }

  /** A vector that leaves by a field of type Object. */
  static final class EscapingVector {
    static Object last = "";

    static void keep(float[] x) {
      for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
        last = FloatVector.fromArray(S, x, i).neg();
      }
    }
  }

  /** A vector in a field. */
  static final class VectorInField {
    private FloatVector sum = FloatVector.zero(S);

    float add(float[] x) {
      for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
        sum = sum.add(FloatVector.fromArray(S, x, i));
      }
      return sum.lane(0);
    }
  }

  /** Vectors in an array. */
  static final class VectorsInArray {
    static float sum(float[] x, int which) {
      FloatVector[] sums = new FloatVector[x.length / 4];
      for (int at = 0; at < sums.length; at++) {
        sums[at] = FloatVector.zero(S);
      }
      for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
        sums[which] = sums[which].add(FloatVector.fromArray(S, x, i));
      }
      return sums[which].reduceLanes(VectorOperators.ADD);
    }
  }

  /** Vectors in a list. */
  static final class VectorsInList {
    static int collect(float[] x) {
      List<FloatVector> all = new ArrayList<>();
      for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
        all.add(FloatVector.fromArray(S, x, i));
      }
      return all.size();
    }
  }

  /** Vectors that are cast to their class, and still are vectors in a list. */
  static final class CastVectorsInList {
    static int collect(float[] x) {
      List<Object> all = new ArrayList<>();
      for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
        all.add(S.vectorType().cast(FloatVector.fromArray(S, x, i)));
      }
      return all.size();
    }
  }

  /** A species that somebody might set. */
  static final class SpeciesNotFinal {
    static VectorSpecies<Float> species = FloatVector.SPECIES_PREFERRED;

    static float sum(float[] x) {
      FloatVector sum = FloatVector.zero(species);
      for (int i = 0; i < species.loopBound(x.length); i += species.length()) {
        sum = sum.add(FloatVector.fromArray(species, x, i));
      }
      return sum.reduceLanes(VectorOperators.ADD);
    }
  }

  /** A mask that each object has. */
  static final class MaskInObject {
    private final VectorMask<Float> tail = S.indexInRange(0, 3);

    float sum(float[] x) {
      return FloatVector.fromArray(S, x, 0, tail).reduceLanes(VectorOperators.ADD);
    }
  }

  /** A lambda that captures a vector, and leaves the method. */
  static final class CapturedVector {
    static Supplier<Float> kept = () -> 0f;

    static void keep(float[] x) {
      FloatVector first = FloatVector.fromArray(S, x, 0);
      kept = () -> first.lane(0);
    }
  }

  /** A vector that crosses a call whose types are erased. */
  static final class ErasedCall {
    static final List<Function<FloatVector, FloatVector>> STEPS =
        List.of(x -> x.add(1), x -> x.mul(2), x -> x.neg(), x -> x.abs());

    static float apply(float[] x) {
      FloatVector all = FloatVector.fromArray(S, x, 0);
      for (Function<FloatVector, FloatVector> step : STEPS) {
        all = step.apply(all);
      }
      return all.lane(0);
    }
  }

  /** A call of a method that gives a vector, by an interface of others. */
  static final class ForeignCall {
    static float first(IntFunction<FloatVector> source) {
      return source.apply(0).lane(0);
    }
  }
}
