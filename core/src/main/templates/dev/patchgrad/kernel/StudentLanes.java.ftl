<#include "/macros.ftl">
package dev.patchgrad.kernel;

import dev.patchgrad.internal.Reciprocal;

/**
 * What moves between a student's own arrays, in double, and the lane that a tile of students keeps
 * for it: element i of the lane is at {@code at + i * stride}.
 */
final class StudentLanes {
  private StudentLanes() {}

<#list ["double", "float"] as type>
  /** Writes some values, times a factor, into a lane of ${type}. */
  static void place(
      double[] values, double factor, ${type}[] lanes, int at, int stride, int from, int end) {
    for (int i = from; i < end; i++) {
      lanes[at + i * stride] = ${(type == "float")?then("(float) (values[i] * factor)", "values[i] * factor")};
    }
  }

</#list>
  /** The dot product of values, times a factor, with a lane, in four sums side by side. */
  static double dot(double[] values, double factor, double[] lanes, int at, int stride) {
  <#list 0..3 as sum>
    double s${sum} = 0;
  </#list>
    int i = 0;
    for (; i + 4 <= values.length; i += 4) {
      int lane = at + i * stride;
  <#list 0..3 as sum>
      s${sum} += values[i${more(sum)}] * factor * lanes[lane${plus(sum, "stride")}];
  </#list>
    }
    for (; i < values.length; i++) {
      s0 += values[i] * factor * lanes[at + i * stride];
    }
    return (s0 + s1) + (s2 + s3);
  }

<#list ["double", "float"] as type>
  /**
   * Some values become (lane + slope along) / divisor, of a lane of ${type}; along may be the
   * values' own array.
   */
  static void finish(
      ${type}[] lanes,
      int at,
      int stride,
      int from,
      int end,
      double slope,
      double[] along,
      double divisor,
      double[] values) {
    boolean sound = Reciprocal.isSound(divisor);
    double factor = sound ? 1 / divisor : 1;
    for (int i = from; i < end; i++) {
      values[i] = (lanes[at + i * stride] + slope * along[i]) * factor;
    }
    if (!sound) {
      divide(values, from, end, divisor);
    }
  }

</#list>
  private static void divide(double[] values, int from, int end, double divisor) {
    for (int i = from; i < end; i++) {
      values[i] /= divisor;
    }
  }
}
