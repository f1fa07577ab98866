package dev.patchgrad.guard.clean;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Methods on longs that keep their vectors in registers: no guard may report any of them. */
final class CleanLongs {
  private static final VectorSpecies<Long> S = LongVector.SPECIES_PREFERRED;

  private CleanLongs() {}

  static long sum(long[] x, long[] y) {
    LongVector sum = LongVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(LongVector.fromArray(S, x, i));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static long dot(long[] x, long[] y) {
    LongVector sum = LongVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = LongVector.fromArray(S, x, i).mul(LongVector.fromArray(S, y, i)).add(sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static long largest(long[] x, long[] y) {
    LongVector sum = LongVector.broadcast(S, -9);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.max(LongVector.fromArray(S, x, i));
    }
    return sum.reduceLanes(VectorOperators.MAX);
  }

  static long least(long[] x, long[] y) {
    LongVector sum = LongVector.broadcast(S, 9);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.min(LongVector.fromArray(S, x, i));
    }
    return sum.reduceLanes(VectorOperators.MIN);
  }

  static long sumOfSizes(long[] x, long[] y) {
    LongVector sum = LongVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(LongVector.fromArray(S, x, i).abs());
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static long distance(long[] x, long[] y) {
    LongVector sum = LongVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum =
          LongVector.fromArray(S, x, i)
              .sub(LongVector.fromArray(S, y, i))
              .mul(LongVector.fromArray(S, x, i).sub(LongVector.fromArray(S, y, i)))
              .add(sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static long scaledSum(long[] x, long[] y) {
    LongVector sum = LongVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = LongVector.fromArray(S, x, i).mul(3L).add(sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static long relu(long[] x, long[] y) {
    LongVector sum = LongVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(LongVector.fromArray(S, x, i).max(0L));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static long negated(long[] x, long[] y) {
    LongVector sum = LongVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.sub(LongVector.fromArray(S, x, i).neg());
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static long horner(long[] x, long[] y) {
    LongVector sum = LongVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum =
          LongVector.fromArray(S, x, i)
              .mul(LongVector.fromArray(S, x, i))
              .add(LongVector.fromArray(S, x, i))
              .mul(LongVector.fromArray(S, y, i))
              .add(sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static long clamped(long[] x, long[] y) {
    LongVector sum = LongVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(LongVector.fromArray(S, x, i).max(-1L).min(1L));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static long gate(long[] x, long[] y) {
    LongVector sum = LongVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum =
          sum.blend(
              LongVector.fromArray(S, x, i).add(sum),
              LongVector.fromArray(S, x, i).compare(VectorOperators.GT, 0L));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static long chosen(long[] x, long[] y) {
    LongVector sum = LongVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum =
          sum.add(
              LongVector.fromArray(S, y, i)
                  .blend(
                      LongVector.fromArray(S, x, i),
                      LongVector.fromArray(S, x, i).lt(LongVector.fromArray(S, y, i))));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static long twoSums(long[] x, long[] y) {
    LongVector one = LongVector.zero(S);
    LongVector two = LongVector.zero(S);
    for (int i = 0; i + 2 * S.length() <= x.length; i += 2 * S.length()) {
      one = one.add(LongVector.fromArray(S, x, i));
      two = two.add(LongVector.fromArray(S, x, i + S.length()));
    }
    return one.add(two).reduceLanes(VectorOperators.ADD);
  }

  static long fourSums(long[] x, long[] y) {
    LongVector one = LongVector.zero(S);
    LongVector two = LongVector.zero(S);
    LongVector three = LongVector.zero(S);
    LongVector four = LongVector.zero(S);
    for (int i = 0; i + 4 * S.length() <= x.length; i += 4 * S.length()) {
      one = one.add(LongVector.fromArray(S, x, i));
      two = two.add(LongVector.fromArray(S, x, i + S.length()));
      three = three.add(LongVector.fromArray(S, x, i + 2 * S.length()));
      four = four.add(LongVector.fromArray(S, x, i + 3 * S.length()));
    }
    return one.add(two).add(three.add(four)).reduceLanes(VectorOperators.ADD);
  }

  static long withTail(long[] x, long[] y) {
    LongVector sum = LongVector.zero(S);
    int i = 0;
    for (; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(LongVector.fromArray(S, x, i));
    }
    long all = sum.reduceLanes(VectorOperators.ADD);
    for (; i < x.length; i++) {
      all += x[i];
    }
    return all;
  }

  static long axpy(long[] x, long[] y) {
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      LongVector.fromArray(S, x, i).mul(0L).add(LongVector.fromArray(S, y, i)).intoArray(y, i);
    }
    return y[0];
  }

  static long copy(long[] x, long[] y) {
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      LongVector.fromArray(S, x, i).intoArray(y, i);
    }
    return y[0];
  }

  static long above(long[] x, long[] y) {
    int count = 0;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      count += LongVector.fromArray(S, x, i).compare(VectorOperators.GT, 1L).trueCount();
    }
    return count;
  }

  static long anyBelow(long[] x, long[] y) {
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      if (LongVector.fromArray(S, x, i).lt(-100L).anyTrue()) {
        return i;
      }
    }
    return -1;
  }

  static long allNear(long[] x, long[] y) {
    boolean near = true;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      near &= LongVector.fromArray(S, x, i).lt(100L).allTrue();
    }
    return near ? 1 : 0;
  }

  static long outer(long[] x, long[] y) {
    long all = 0;
    for (int row = 0; row < 4; row++) {
      LongVector sum = LongVector.zero(S);
      for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
        sum = sum.add(LongVector.fromArray(S, x, i).mul(row));
      }
      all += sum.reduceLanes(VectorOperators.ADD);
    }
    return all;
  }

  static long eitherWay(long[] x, long[] y) {
    LongVector sum = LongVector.zero(S);
    boolean up = x.length > y.length;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      LongVector next = LongVector.fromArray(S, x, i);
      sum = up ? sum.add(next) : sum.sub(next);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static long sumByTrips(long[] x, long[] y) {
    long all = 0;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      all += LongVector.fromArray(S, x, i).reduceLanes(VectorOperators.ADD);
    }
    return twice(all);
  }

  static long firstLanes(long[] x, long[] y) {
    long all = 0;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      all += LongVector.fromArray(S, x, i).lane(0);
    }
    return all;
  }

  private static long twice(long value) {
    return 2 * value;
  }
}
