package dev.patchgrad.bench.experiments;

import dev.patchgrad.descent.Initialisation;
import dev.patchgrad.descent.ReducedStarts;
import dev.patchgrad.descent.Reduction;
import dev.patchgrad.network.Teacher;
import java.util.random.RandomGenerator;

/**
 * Teachers of a wanted rho = (1^T a*)^2 / |a*|^2 and |a*|, with w* the first unit vector, and the
 * paper's starts, whose |v| is 1 whatever |a*| is.
 */
final class PaperTeachers {
  /** |v| of a start. What |a*| changes in the table, it changes since this does not go with it. */
  static final double FILTER_NORM = 1;

  private PaperTeachers() {}

  /**
   * A teacher whose weights take two values in turn, of equal distance from their mean; with an odd
   * k the last one is the mean itself.
   *
   * @param k patches
   * @param p dimension of a patch
   * @param rho 0 to k; with k = 1 it is 1
   * @param squares |a*|^2
   * @return the teacher
   */
  static Teacher of(int k, int p, double rho, double squares) {
    Require.positive("k", k);
    Require.positive("p", p);
    Require.positive("|a*|^2", squares);
    Require.within("rho", rho, k == 1 ? 1 : 0, k, "since (1^T a*)^2 <= k |a*|^2");
    double mean = Math.sqrt(rho * squares) / k;
    int paired = k / 2 * 2;
    double deviation = paired == 0 ? 0 : Math.sqrt(Math.max(0, squares - k * mean * mean) / paired);
    double[] a = new double[k];
    for (int j = 0; j < k; j++) {
      a[j] = mean + (j >= paired ? 0 : j % 2 == 0 ? deviation : -deviation);
    }
    double[] w = new double[p];
    w[0] = 1;
    return Teacher.of(w, a);
  }

  /** The paper's starts, in all coordinates. */
  static Initialisation starts(Teacher teacher) {
    return Initialisation.of(teacher).withFilterNorm(FILTER_NORM);
  }

  /** The paper's starts, as four numbers. */
  static ReducedStarts starts(Reduction reduction, int p, RandomGenerator generator) {
    return ReducedStarts.of(reduction, p, generator, FILTER_NORM);
  }
}
