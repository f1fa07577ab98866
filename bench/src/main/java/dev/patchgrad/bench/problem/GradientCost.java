package dev.patchgrad.bench.problem;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Precision;

/**
 * What one gradient must do at least, whichever kernel computes it: the numerators of GFLOP/s and
 * GB/s.
 *
 * <p>Every gate is counted as open, so that the count depends on sizes alone; an addition, a
 * multiplication or a comparison is one operation. Bytes are those of patches and labels, read
 * once.
 *
 * @param flops floating-point operations: n (4kp + 2p + 5k + 3)
 * @param bytes read from the batch: n (kp + 1) elements
 */
public record GradientCost(double flops, double bytes) {
  /**
   * The cost of one gradient over a batch.
   *
   * @param n samples, at least 1
   * @param k patches, at least 1
   * @param p dimension of a patch, at least 1
   * @param precision of the batch
   * @return the cost
   * @throws IllegalArgumentException if a size is below 1
   */
  public static GradientCost of(int n, int k, int p, Precision precision) {
    Checks.requirePositive("n", n);
    Checks.requirePositive("k", k);
    Checks.requirePositive("p", p);
    double patchElements = (double) k * p;
    // A patch: w^T z and s += a_j z are 2p each; the gate, f += a_j relu and da_j += r relu are 5.
    // A sample: dw += r s is 2p; r = f - y and loss += r^2 are 3.
    double flops = n * (4 * patchElements + 2.0 * p + 5.0 * k + 3);
    double bytes = n * (patchElements + 1) * precision.bytes();
    return new GradientCost(flops, bytes);
  }
}
