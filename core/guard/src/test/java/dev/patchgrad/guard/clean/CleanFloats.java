package dev.patchgrad.guard.clean;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Methods on floats that keep their vectors in registers: no guard may report any of them. */
final class CleanFloats {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private CleanFloats() {}

  static float sum(float[] x, float[] y) {
    FloatVector sum = FloatVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(FloatVector.fromArray(S, x, i));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static float dot(float[] x, float[] y) {
    FloatVector sum = FloatVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = FloatVector.fromArray(S, x, i).mul(FloatVector.fromArray(S, y, i)).add(sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static float largest(float[] x, float[] y) {
    FloatVector sum = FloatVector.broadcast(S, -9);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.max(FloatVector.fromArray(S, x, i));
    }
    return sum.reduceLanes(VectorOperators.MAX);
  }

  static float least(float[] x, float[] y) {
    FloatVector sum = FloatVector.broadcast(S, 9);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.min(FloatVector.fromArray(S, x, i));
    }
    return sum.reduceLanes(VectorOperators.MIN);
  }

  static float sumOfSizes(float[] x, float[] y) {
    FloatVector sum = FloatVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(FloatVector.fromArray(S, x, i).abs());
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static float distance(float[] x, float[] y) {
    FloatVector sum = FloatVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum =
          FloatVector.fromArray(S, x, i)
              .sub(FloatVector.fromArray(S, y, i))
              .mul(FloatVector.fromArray(S, x, i).sub(FloatVector.fromArray(S, y, i)))
              .add(sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static float scaledSum(float[] x, float[] y) {
    FloatVector sum = FloatVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = FloatVector.fromArray(S, x, i).mul(3f).add(sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static float relu(float[] x, float[] y) {
    FloatVector sum = FloatVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(FloatVector.fromArray(S, x, i).max(0f));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static float negated(float[] x, float[] y) {
    FloatVector sum = FloatVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.sub(FloatVector.fromArray(S, x, i).neg());
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static float horner(float[] x, float[] y) {
    FloatVector sum = FloatVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum =
          FloatVector.fromArray(S, x, i)
              .mul(FloatVector.fromArray(S, x, i))
              .add(FloatVector.fromArray(S, x, i))
              .mul(FloatVector.fromArray(S, y, i))
              .add(sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static float clamped(float[] x, float[] y) {
    FloatVector sum = FloatVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(FloatVector.fromArray(S, x, i).max(-1f).min(1f));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static float gate(float[] x, float[] y) {
    FloatVector sum = FloatVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum =
          sum.blend(
              FloatVector.fromArray(S, x, i).add(sum),
              FloatVector.fromArray(S, x, i).compare(VectorOperators.GT, 0f));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static float chosen(float[] x, float[] y) {
    FloatVector sum = FloatVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum =
          sum.add(
              FloatVector.fromArray(S, y, i)
                  .blend(
                      FloatVector.fromArray(S, x, i),
                      FloatVector.fromArray(S, x, i).lt(FloatVector.fromArray(S, y, i))));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static float twoSums(float[] x, float[] y) {
    FloatVector one = FloatVector.zero(S);
    FloatVector two = FloatVector.zero(S);
    for (int i = 0; i + 2 * S.length() <= x.length; i += 2 * S.length()) {
      one = one.add(FloatVector.fromArray(S, x, i));
      two = two.add(FloatVector.fromArray(S, x, i + S.length()));
    }
    return one.add(two).reduceLanes(VectorOperators.ADD);
  }

  static float fourSums(float[] x, float[] y) {
    FloatVector one = FloatVector.zero(S);
    FloatVector two = FloatVector.zero(S);
    FloatVector three = FloatVector.zero(S);
    FloatVector four = FloatVector.zero(S);
    for (int i = 0; i + 4 * S.length() <= x.length; i += 4 * S.length()) {
      one = one.add(FloatVector.fromArray(S, x, i));
      two = two.add(FloatVector.fromArray(S, x, i + S.length()));
      three = three.add(FloatVector.fromArray(S, x, i + 2 * S.length()));
      four = four.add(FloatVector.fromArray(S, x, i + 3 * S.length()));
    }
    return one.add(two).add(three.add(four)).reduceLanes(VectorOperators.ADD);
  }

  static float withTail(float[] x, float[] y) {
    FloatVector sum = FloatVector.zero(S);
    int i = 0;
    for (; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(FloatVector.fromArray(S, x, i));
    }
    float all = sum.reduceLanes(VectorOperators.ADD);
    for (; i < x.length; i++) {
      all += x[i];
    }
    return all;
  }

  static float axpy(float[] x, float[] y) {
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      FloatVector.fromArray(S, x, i).mul(0f).add(FloatVector.fromArray(S, y, i)).intoArray(y, i);
    }
    return y[0];
  }

  static float copy(float[] x, float[] y) {
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      FloatVector.fromArray(S, x, i).intoArray(y, i);
    }
    return y[0];
  }

  static float above(float[] x, float[] y) {
    int count = 0;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      count += FloatVector.fromArray(S, x, i).compare(VectorOperators.GT, 1f).trueCount();
    }
    return count;
  }

  static float anyBelow(float[] x, float[] y) {
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      if (FloatVector.fromArray(S, x, i).lt(-100f).anyTrue()) {
        return i;
      }
    }
    return -1;
  }

  static float allNear(float[] x, float[] y) {
    boolean near = true;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      near &= FloatVector.fromArray(S, x, i).lt(100f).allTrue();
    }
    return near ? 1 : 0;
  }

  static float outer(float[] x, float[] y) {
    float all = 0;
    for (int row = 0; row < 4; row++) {
      FloatVector sum = FloatVector.zero(S);
      for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
        sum = sum.add(FloatVector.fromArray(S, x, i).mul(row));
      }
      all += sum.reduceLanes(VectorOperators.ADD);
    }
    return all;
  }

  static float eitherWay(float[] x, float[] y) {
    FloatVector sum = FloatVector.zero(S);
    boolean up = x.length > y.length;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      FloatVector next = FloatVector.fromArray(S, x, i);
      sum = up ? sum.add(next) : sum.sub(next);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static float sumByTrips(float[] x, float[] y) {
    float all = 0;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      all += FloatVector.fromArray(S, x, i).reduceLanes(VectorOperators.ADD);
    }
    return twice(all);
  }

  static float firstLanes(float[] x, float[] y) {
    float all = 0;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      all += FloatVector.fromArray(S, x, i).lane(0);
    }
    return all;
  }

  private static float twice(float value) {
    return 2 * value;
  }
}
