package dev.patchgrad.guard.clean;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Methods on doubles that keep their vectors in registers: no guard may report any of them. */
final class CleanDoubles {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final Class<? extends DoubleVector> VECTOR =
      S.vectorType().asSubclass(DoubleVector.class);

  private CleanDoubles() {}

  static double sum(double[] x, double[] y) {
    DoubleVector sum = DoubleVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(DoubleVector.fromArray(S, x, i));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static double dot(double[] x, double[] y) {
    DoubleVector sum = DoubleVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = DoubleVector.fromArray(S, x, i).mul(DoubleVector.fromArray(S, y, i)).add(sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static double largest(double[] x, double[] y) {
    DoubleVector sum = DoubleVector.broadcast(S, -9);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.max(DoubleVector.fromArray(S, x, i));
    }
    return sum.reduceLanes(VectorOperators.MAX);
  }

  static double least(double[] x, double[] y) {
    DoubleVector sum = DoubleVector.broadcast(S, 9);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.min(DoubleVector.fromArray(S, x, i));
    }
    return sum.reduceLanes(VectorOperators.MIN);
  }

  static double sumOfSizes(double[] x, double[] y) {
    DoubleVector sum = DoubleVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(DoubleVector.fromArray(S, x, i).abs());
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static double distance(double[] x, double[] y) {
    DoubleVector sum = DoubleVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum =
          DoubleVector.fromArray(S, x, i)
              .sub(DoubleVector.fromArray(S, y, i))
              .mul(DoubleVector.fromArray(S, x, i).sub(DoubleVector.fromArray(S, y, i)))
              .add(sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static double scaledSum(double[] x, double[] y) {
    DoubleVector sum = DoubleVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = DoubleVector.fromArray(S, x, i).mul(3.0).add(sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static double relu(double[] x, double[] y) {
    DoubleVector sum = DoubleVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(DoubleVector.fromArray(S, x, i).max(0.0));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static double negated(double[] x, double[] y) {
    DoubleVector sum = DoubleVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.sub(DoubleVector.fromArray(S, x, i).neg());
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static double horner(double[] x, double[] y) {
    DoubleVector sum = DoubleVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum =
          DoubleVector.fromArray(S, x, i)
              .mul(DoubleVector.fromArray(S, x, i))
              .add(DoubleVector.fromArray(S, x, i))
              .mul(DoubleVector.fromArray(S, y, i))
              .add(sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static double clamped(double[] x, double[] y) {
    DoubleVector sum = DoubleVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(DoubleVector.fromArray(S, x, i).max(-1.0).min(1.0));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static double gate(double[] x, double[] y) {
    DoubleVector sum = DoubleVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum =
          sum.blend(
              DoubleVector.fromArray(S, x, i).add(sum),
              DoubleVector.fromArray(S, x, i).compare(VectorOperators.GT, 0.0));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static double chosen(double[] x, double[] y) {
    DoubleVector sum = DoubleVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum =
          sum.add(
              DoubleVector.fromArray(S, y, i)
                  .blend(
                      DoubleVector.fromArray(S, x, i),
                      DoubleVector.fromArray(S, x, i).lt(DoubleVector.fromArray(S, y, i))));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static double twoSums(double[] x, double[] y) {
    DoubleVector one = DoubleVector.zero(S);
    DoubleVector two = DoubleVector.zero(S);
    for (int i = 0; i + 2 * S.length() <= x.length; i += 2 * S.length()) {
      one = one.add(DoubleVector.fromArray(S, x, i));
      two = two.add(DoubleVector.fromArray(S, x, i + S.length()));
    }
    return one.add(two).reduceLanes(VectorOperators.ADD);
  }

  static double fourSums(double[] x, double[] y) {
    DoubleVector one = DoubleVector.zero(S);
    DoubleVector two = DoubleVector.zero(S);
    DoubleVector three = DoubleVector.zero(S);
    DoubleVector four = DoubleVector.zero(S);
    for (int i = 0; i + 4 * S.length() <= x.length; i += 4 * S.length()) {
      one = one.add(DoubleVector.fromArray(S, x, i));
      two = two.add(DoubleVector.fromArray(S, x, i + S.length()));
      three = three.add(DoubleVector.fromArray(S, x, i + 2 * S.length()));
      four = four.add(DoubleVector.fromArray(S, x, i + 3 * S.length()));
    }
    return one.add(two).add(three.add(four)).reduceLanes(VectorOperators.ADD);
  }

  static double withTail(double[] x, double[] y) {
    DoubleVector sum = DoubleVector.zero(S);
    int i = 0;
    for (; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(DoubleVector.fromArray(S, x, i));
    }
    double all = sum.reduceLanes(VectorOperators.ADD);
    for (; i < x.length; i++) {
      all += x[i];
    }
    return all;
  }

  static double axpy(double[] x, double[] y) {
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      DoubleVector.fromArray(S, x, i).mul(0.0).add(DoubleVector.fromArray(S, y, i)).intoArray(y, i);
    }
    return y[0];
  }

  static double copy(double[] x, double[] y) {
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      VECTOR.cast(DoubleVector.fromArray(S, x, i)).intoArray(y, i);
    }
    return y[0];
  }

  static double above(double[] x, double[] y) {
    int count = 0;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      count += DoubleVector.fromArray(S, x, i).compare(VectorOperators.GT, 1.0).trueCount();
    }
    return count;
  }

  static double anyBelow(double[] x, double[] y) {
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      if (DoubleVector.fromArray(S, x, i).lt(-100.0).anyTrue()) {
        return i;
      }
    }
    return -1;
  }

  static double allNear(double[] x, double[] y) {
    boolean near = true;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      near &= DoubleVector.fromArray(S, x, i).lt(100.0).allTrue();
    }
    return near ? 1 : 0;
  }

  static double outer(double[] x, double[] y) {
    double all = 0;
    for (int row = 0; row < 4; row++) {
      DoubleVector sum = DoubleVector.zero(S);
      for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
        sum = sum.add(DoubleVector.fromArray(S, x, i).mul(row));
      }
      all += sum.reduceLanes(VectorOperators.ADD);
    }
    return all;
  }

  static double eitherWay(double[] x, double[] y) {
    DoubleVector sum = DoubleVector.zero(S);
    boolean up = x.length > y.length;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      DoubleVector next = DoubleVector.fromArray(S, x, i);
      sum = up ? sum.add(next) : sum.sub(next);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static double sumByTrips(double[] x, double[] y) {
    double all = 0;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      all += DoubleVector.fromArray(S, x, i).reduceLanes(VectorOperators.ADD);
    }
    return twice(all);
  }

  static double firstLanes(double[] x, double[] y) {
    double all = 0;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      all += DoubleVector.fromArray(S, x, i).lane(0);
    }
    return all;
  }

  private static double twice(double value) {
    return 2 * value;
  }
}
