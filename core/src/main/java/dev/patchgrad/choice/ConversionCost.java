package dev.patchgrad.choice;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a conversion to another layout takes, in gradients of the fastest kernel over the same
 * batch.
 *
 * <p>Measured on two cores of an AMD EPYC (Zen 3), JDK 25, 2026-11-24: {@code
 * ConversionBenchmark.convert|GradientBenchmark -Dbench.p=64 -Dbench.k=16
 * -Dbench.kernel=single-touch,interleaved -Dbench.level=64KiB,256KiB,4MiB,64MiB}, two forks; float
 * and double, and the two layouts, differ by less than a third. From 128 KiB on the new array
 * dominates, which is then made long enough to lie on cache lines; in DRAM the gradient itself is
 * slower. Between the sizes the logarithm is interpolated; beyond them the last holds.
 */
final class ConversionCost {
  /** Gradients by the bytes of the patches. */
  private static final NavigableMap<Double, Double> MEASURED =
      new TreeMap<>(
          Map.of(64.0 * 1024, 4.0, 256.0 * 1024, 30.0, 4096.0 * 1024, 4.9, 65536.0 * 1024, 1.9));

  private ConversionCost() {}

  /**
   * The cost for a batch of a size.
   *
   * @param bytes of the patches
   * @return gradients, above 0
   */
  static double gradients(double bytes) {
    Map.Entry<Double, Double> below = MEASURED.floorEntry(bytes);
    Map.Entry<Double, Double> above = MEASURED.ceilingEntry(bytes);
    if (below == null) {
      return MEASURED.firstEntry().getValue();
    }
    if (above == null) {
      return MEASURED.lastEntry().getValue();
    }
    if (below.getKey().equals(above.getKey())) {
      return below.getValue();
    }
    double share = Math.log(bytes / below.getKey()) / Math.log(above.getKey() / below.getKey());
    return Math.exp((1 - share) * Math.log(below.getValue()) + share * Math.log(above.getValue()));
  }
}
