package dev.patchgrad.choice;

import java.util.Map;

/**
 * Costs that are assumed where no recorded machine has them: measurements of one machine, two cores
 * of an AMD EPYC (Zen 3), JDK 25, 2026-11-24.
 */
final class DefaultCosts {
  /**
   * Gradients by the bytes of the patches: {@code ConversionBenchmark.convert|GradientBenchmark
   * -Dbench.p=64 -Dbench.k=16 -Dbench.kernel=single-touch,interleaved
   * -Dbench.level=64KiB,256KiB,4MiB,64MiB}, two forks; float and double, and the two layouts,
   * differ by less than a third. From 128 KiB on the new array dominates, which is then made long
   * enough to lie on cache lines; in DRAM the gradient itself is slower.
   */
  private static final MeasuredCurve CONVERSION =
      MeasuredCurve.of(
          Map.of(64.0 * 1024, 4.0, 256.0 * 1024, 30.0, 4096.0 * 1024, 4.9, 65536.0 * 1024, 1.9));

  /**
   * Shares by p: {@code StudentsBenchmark -Dbench.level=L2 -Dbench.students=16}, three forks,
   * geometric means over both precisions and k 16 and 64, which lie between 0.97 and 1.42, 0.51 and
   * 0.61, 0.76 and 0.88.
   */
  private static final MeasuredCurve ONE_PASS =
      MeasuredCurve.of(Map.of(8.0, 1.12, 64.0, 0.545, 512.0, 0.82));

  private DefaultCosts() {}

  /**
   * What a conversion to another layout takes.
   *
   * @param bytes of the patches
   * @return gradients of the fastest kernel over the same batch
   */
  static double conversion(double bytes) {
    return CONVERSION.at(bytes);
  }

  /**
   * What one pass for whole vectors of students takes.
   *
   * @param p dimension of a patch
   * @return the share of the time of as many passes by the fastest kernel for one
   */
  static double onePass(int p) {
    return ONE_PASS.at(p);
  }
}
