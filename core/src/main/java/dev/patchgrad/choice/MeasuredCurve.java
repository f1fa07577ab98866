package dev.patchgrad.choice;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A positive function of a positive size, known at some: between them the logarithm is
 * interpolated, linearly in that of the size; beyond them the last holds.
 *
 * @param values by size, at least one
 */
record MeasuredCurve(NavigableMap<Double, Double> values) {
  /**
   * A curve.
   *
   * @param values by size, at least one
   */
  static MeasuredCurve of(Map<Double, Double> values) {
    return new MeasuredCurve(new TreeMap<>(values));
  }

  /** The value at a size. */
  double at(double size) {
    Map.Entry<Double, Double> below = values.floorEntry(size);
    Map.Entry<Double, Double> above = values.ceilingEntry(size);
    if (below == null) {
      return values.firstEntry().getValue();
    }
    if (above == null) {
      return values.lastEntry().getValue();
    }
    if (below.getKey().equals(above.getKey())) {
      return below.getValue();
    }
    double share = Math.log(size / below.getKey()) / Math.log(above.getKey() / below.getKey());
    return Math.exp((1 - share) * Math.log(below.getValue()) + share * Math.log(above.getValue()));
  }
}
