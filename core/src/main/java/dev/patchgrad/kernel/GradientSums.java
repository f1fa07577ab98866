package dev.patchgrad.kernel;

import dev.patchgrad.internal.ArrayText;
import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Student;
import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What a student's gradient over some samples is made of: a value, which can be added to that of
 * other samples, and sent from one process to another.
 *
 * <p>Kernels give the sums of a batch ({@link GradientKernel#sums}); those of all samples together
 * give the gradient ({@link #gradient}). Adding rounds: the last digits of a total depend on the
 * order, which {@link BlockSums} fixes. A sum beyond the largest double is infinite, or not a
 * number after that; then so is the gradient, by which a descent knows that it diverged.
 *
 * @param squares sum_i r_i^2, at least 0
 * @param filter sum_i r_i sum_j a_j 1[w^T Z_ij &gt; 0] Z_ij, n times dL/dw: [p], copied
 * @param weights sum_i r_i relu(w^T Z_ij), n times dL/da: [k], copied
 * @param count the number of samples, at least 0
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, compared by value
public record GradientSums(double squares, double[] filter, double[] weights, long count)
    implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if an array is empty, squares or count are below 0, or squares
   *     are not a number
   */
  public GradientSums {
    Checks.requirePositive("filter: length", filter.length);
    Checks.requirePositive("weights: length", weights.length);
    filter = filter.clone();
    weights = weights.clone();
    if (!(squares >= 0)) {
      throw new IllegalArgumentException("squares: " + squares + " given; expected at least 0");
    }
    if (count < 0) {
      throw new IllegalArgumentException("count: " + count + " given; expected at least 0");
    }
  }

  /**
   * The sums over no sample: what others are added to, each size by its name: {@code
   * GradientSums.zeros().k(64).p(8)}.
   *
   * @return sums whose k and p are still to be said
   */
  public static Sizes zeros() {
    return new Sizes(0);
  }

  /** Sums of zero whose k and p are still to be said. */
  public static final class Sizes {
    private final int k;

    private Sizes(int k) {
      this.k = k;
    }

    /**
     * Says how many patches a sample has.
     *
     * @param patchesOfSample k, at least 1
     * @return the same, whose p is still to be said
     */
    public Sizes k(int patchesOfSample) {
      return new Sizes(patchesOfSample);
    }

    /**
     * Says how long a patch is, which completes the sums; k comes before it.
     *
     * @param dimension p, at least 1
     * @return sums over no sample
     * @throws IllegalArgumentException if k or p is below 1
     */
    public GradientSums p(int dimension) {
      Checks.requirePositive("p", dimension);
      Checks.requirePositive("k", k);
      return new GradientSums(0, new double[dimension], new double[k], 0);
    }

    @Override
    public String toString() {
      return "GradientSums.Sizes[k=" + k + "]";
    }
  }

  /** The plain student of the same filter: its gradient is the one in w, which sums are made of. */
  static Student inFilter(Student student) {
    double[] w = new double[student.p()];
    student.filter(w, student.checkedNorm());
    return Student.plain(w, student.a());
  }

  /**
   * The sums that a plain student's gradient was made of.
   *
   * @param gradient over n samples, in w
   * @param n the number of samples
   */
  static GradientSums of(Gradient gradient, int n) {
    return new GradientSums(
        gradient.loss() * 2 * n, times(n, gradient.dw()), times(n, gradient.da()), n);
  }

  private static double[] times(int n, double[] values) {
    double[] products = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      products[i] = n * values[i];
    }
    return products;
  }

  /**
   * The number of patches.
   *
   * @return k
   */
  public int k() {
    return weights.length;
  }

  /**
   * The dimension of a patch.
   *
   * @return p
   */
  public int p() {
    return filter.length;
  }

  /**
   * The filter's sums.
   *
   * @return a copy: [p]
   */
  @Override
  public double[] filter() {
    return filter.clone();
  }

  /**
   * The weights' sums.
   *
   * @return a copy: [k]
   */
  @Override
  public double[] weights() {
    return weights.clone();
  }

  /**
   * The sums over these samples and others.
   *
   * @param other of the same student, over other samples
   * @return the total; each sum is rounded once
   * @throws IllegalArgumentException if k or p differ
   * @throws ArithmeticException if there are more samples than a long counts
   */
  public GradientSums plus(GradientSums other) {
    Checks.requireLength("other.filter", other.filter.length, filter.length, "p of these sums");
    Checks.requireLength("other.weights", other.weights.length, weights.length, "k of these sums");
    return new GradientSums(
        squares + other.squares,
        total(filter, other.filter),
        total(weights, other.weights),
        Math.addExact(count, other.count));
  }

  private static double[] total(double[] values, double[] others) {
    double[] totals = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      totals[i] = values[i] + others[i];
    }
    return totals;
  }

  /**
   * Divides by the number of samples, and takes the derivative from w to v.
   *
   * @param student whose sums these are: it is not checked that they were added up at its values
   * @param out written: loss, dv [p] (dw where the student is plain), da [k]
   * @throws IllegalArgumentException if the student's or the output's sizes differ, or the student
   *     is one that kernels refuse
   * @throws IllegalStateException if these are sums over no sample
   */
  public void gradient(Student student, Gradient out) {
    Checks.requireLength("student.v", student.p(), filter.length, "p of the sums");
    Checks.requireLength("student.a", student.k(), weights.length, "k of the sums");
    out.requireFits(student);
    if (count == 0) {
      throw new IllegalStateException("sums: of 0 samples; expected at least 1, to divide by");
    }
    double norm = student.checkedNorm();
    double[] w = new double[student.p()];
    student.filter(w, norm);
    RunningSums.finish(squares, filter, weights, (double) count, student, w, norm, out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GradientSums sums
        && Double.compare(squares, sums.squares) == 0
        && count == sums.count
        && Arrays.equals(filter, sums.filter)
        && Arrays.equals(weights, sums.weights);
  }

  @Override
  public int hashCode() {
    int hash = 31 * Double.hashCode(squares) + Long.hashCode(count);
    return 31 * (31 * hash + Arrays.hashCode(filter)) + Arrays.hashCode(weights);
  }

  @Override
  public String toString() {
    return "GradientSums[squares="
        + squares
        + ", filter="
        + ArrayText.of(filter)
        + ", weights="
        + ArrayText.of(weights)
        + ", count="
        + count
        + "]";
  }
}
