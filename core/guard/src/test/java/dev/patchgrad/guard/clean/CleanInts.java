package dev.patchgrad.guard.clean;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Methods on ints that keep their vectors in registers: no guard may report any of them. */
final class CleanInts {
  private static final VectorSpecies<Integer> S = IntVector.SPECIES_PREFERRED;

  private CleanInts() {}

  static int sum(int[] x, int[] y) {
    IntVector sum = IntVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(IntVector.fromArray(S, x, i));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static int dot(int[] x, int[] y) {
    IntVector sum = IntVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = IntVector.fromArray(S, x, i).mul(IntVector.fromArray(S, y, i)).add(sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static int largest(int[] x, int[] y) {
    IntVector sum = IntVector.broadcast(S, -9);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.max(IntVector.fromArray(S, x, i));
    }
    return sum.reduceLanes(VectorOperators.MAX);
  }

  static int least(int[] x, int[] y) {
    IntVector sum = IntVector.broadcast(S, 9);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.min(IntVector.fromArray(S, x, i));
    }
    return sum.reduceLanes(VectorOperators.MIN);
  }

  static int sumOfSizes(int[] x, int[] y) {
    IntVector sum = IntVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(IntVector.fromArray(S, x, i).abs());
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static int distance(int[] x, int[] y) {
    IntVector sum = IntVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum =
          IntVector.fromArray(S, x, i)
              .sub(IntVector.fromArray(S, y, i))
              .mul(IntVector.fromArray(S, x, i).sub(IntVector.fromArray(S, y, i)))
              .add(sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static int scaledSum(int[] x, int[] y) {
    IntVector sum = IntVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = IntVector.fromArray(S, x, i).mul(3).add(sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static int relu(int[] x, int[] y) {
    IntVector sum = IntVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(IntVector.fromArray(S, x, i).max(0));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static int negated(int[] x, int[] y) {
    IntVector sum = IntVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.sub(IntVector.fromArray(S, x, i).neg());
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static int horner(int[] x, int[] y) {
    IntVector sum = IntVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum =
          IntVector.fromArray(S, x, i)
              .mul(IntVector.fromArray(S, x, i))
              .add(IntVector.fromArray(S, x, i))
              .mul(IntVector.fromArray(S, y, i))
              .add(sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static int clamped(int[] x, int[] y) {
    IntVector sum = IntVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(IntVector.fromArray(S, x, i).max(-1).min(1));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static int gate(int[] x, int[] y) {
    IntVector sum = IntVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum =
          sum.blend(
              IntVector.fromArray(S, x, i).add(sum),
              IntVector.fromArray(S, x, i).compare(VectorOperators.GT, 0));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static int chosen(int[] x, int[] y) {
    IntVector sum = IntVector.zero(S);
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      sum =
          sum.add(
              IntVector.fromArray(S, y, i)
                  .blend(
                      IntVector.fromArray(S, x, i),
                      IntVector.fromArray(S, x, i).lt(IntVector.fromArray(S, y, i))));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static int twoSums(int[] x, int[] y) {
    IntVector one = IntVector.zero(S);
    IntVector two = IntVector.zero(S);
    for (int i = 0; i + 2 * S.length() <= x.length; i += 2 * S.length()) {
      one = one.add(IntVector.fromArray(S, x, i));
      two = two.add(IntVector.fromArray(S, x, i + S.length()));
    }
    return one.add(two).reduceLanes(VectorOperators.ADD);
  }

  static int fourSums(int[] x, int[] y) {
    IntVector one = IntVector.zero(S);
    IntVector two = IntVector.zero(S);
    IntVector three = IntVector.zero(S);
    IntVector four = IntVector.zero(S);
    for (int i = 0; i + 4 * S.length() <= x.length; i += 4 * S.length()) {
      one = one.add(IntVector.fromArray(S, x, i));
      two = two.add(IntVector.fromArray(S, x, i + S.length()));
      three = three.add(IntVector.fromArray(S, x, i + 2 * S.length()));
      four = four.add(IntVector.fromArray(S, x, i + 3 * S.length()));
    }
    return one.add(two).add(three.add(four)).reduceLanes(VectorOperators.ADD);
  }

  static int withTail(int[] x, int[] y) {
    IntVector sum = IntVector.zero(S);
    int i = 0;
    for (; i < S.loopBound(x.length); i += S.length()) {
      sum = sum.add(IntVector.fromArray(S, x, i));
    }
    int all = sum.reduceLanes(VectorOperators.ADD);
    for (; i < x.length; i++) {
      all += x[i];
    }
    return all;
  }

  static int axpy(int[] x, int[] y) {
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      IntVector.fromArray(S, x, i).mul(0).add(IntVector.fromArray(S, y, i)).intoArray(y, i);
    }
    return y[0];
  }

  static int copy(int[] x, int[] y) {
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      IntVector.fromArray(S, x, i).intoArray(y, i);
    }
    return y[0];
  }

  static int above(int[] x, int[] y) {
    int count = 0;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      count += IntVector.fromArray(S, x, i).compare(VectorOperators.GT, 1).trueCount();
    }
    return count;
  }

  static int anyBelow(int[] x, int[] y) {
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      if (IntVector.fromArray(S, x, i).lt(-100).anyTrue()) {
        return i;
      }
    }
    return -1;
  }

  static int allNear(int[] x, int[] y) {
    boolean near = true;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      near &= IntVector.fromArray(S, x, i).lt(100).allTrue();
    }
    return near ? 1 : 0;
  }

  static int outer(int[] x, int[] y) {
    int all = 0;
    for (int row = 0; row < 4; row++) {
      IntVector sum = IntVector.zero(S);
      for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
        sum = sum.add(IntVector.fromArray(S, x, i).mul(row));
      }
      all += sum.reduceLanes(VectorOperators.ADD);
    }
    return all;
  }

  static int eitherWay(int[] x, int[] y) {
    IntVector sum = IntVector.zero(S);
    boolean up = x.length > y.length;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      IntVector next = IntVector.fromArray(S, x, i);
      sum = up ? sum.add(next) : sum.sub(next);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  static int sumByTrips(int[] x, int[] y) {
    int all = 0;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      all += IntVector.fromArray(S, x, i).reduceLanes(VectorOperators.ADD);
    }
    return twice(all);
  }

  static int firstLanes(int[] x, int[] y) {
    int all = 0;
    for (int i = 0; i < S.loopBound(x.length); i += S.length()) {
      all += IntVector.fromArray(S, x, i).lane(0);
    }
    return all;
  }

  private static int twice(int value) {
    return 2 * value;
  }
}
