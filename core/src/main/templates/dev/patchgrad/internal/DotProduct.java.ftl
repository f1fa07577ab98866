<#include "/macros.ftl">
package dev.patchgrad.internal;

/** A dot product in double, fast enough to be no part of what a kernel takes. */
public final class DotProduct {
  private DotProduct() {}

  /**
   * In eight sums side by side: one alone would wait for each addition, four cycles an element,
   * which is longer than a kernel takes for a patch.
   *
   * @param x [p]
   * @param y [p], or longer
   * @return sum_c x_c y_c
   */
  public static double of(double[] x, double[] y) {
  <#list 0..7 as sum>
    double s${sum} = 0;
  </#list>
    int c = 0;
    for (; c + 8 <= x.length; c += 8) {
  <#list 0..7 as sum>
      s${sum} += x[c${more(sum)}] * y[c${more(sum)}];
  </#list>
    }
    for (; c < x.length; c++) {
      s0 += x[c] * y[c];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }
}
