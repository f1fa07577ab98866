package dev.patchgrad.guard.planted;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Vector code that is unrolled too far. */
final class LargeMethod {
  private LargeMethod() {}

  static float sum(float[] x) {
    FloatVector sum = FloatVector.zero(Vectors.S);
    for (int i = 0; i < Vectors.S.loopBound(x.length); i += Vectors.S.length()) {
      FloatVector next = FloatVector.fromArray(Vectors.S, x, i);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
      sum = sum.add(next).mul(next).sub(next).max(next).min(next).add(next).mul(next).sub(next);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }
}
