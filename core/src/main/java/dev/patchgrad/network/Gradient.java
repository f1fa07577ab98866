package dev.patchgrad.network;

import dev.patchgrad.internal.ArrayText;
import dev.patchgrad.internal.Checks;

/**
 * The buffer that a loss and its gradient are written into: loss, dv [p], da [k].
 *
 * <p>The caller owns it and uses it again; {@link #dv()} and {@link #da()} are the live arrays.
 */
public final class Gradient {
  private double loss;
  private final double[] dv;
  private final double[] da;

  private Gradient(int k, int p) {
    this.dv = new double[Checks.requirePositive("p", p)];
    this.da = new double[Checks.requirePositive("k", k)];
  }

  /**
   * A buffer of zeros, each of its sizes by its name: {@code Gradient.zeros().k(64).p(8)}.
   *
   * @return a buffer whose k and p are still to be said
   */
  public static Sizes zeros() {
    return new Sizes(0);
  }

  /** A buffer whose k and p are still to be said. */
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
     * Says how long a patch is, which completes the buffer; k comes before it.
     *
     * @param dimension p, at least 1
     * @return a buffer of zeros
     * @throws IllegalArgumentException if k or p is below 1
     */
    public Gradient p(int dimension) {
      return new Gradient(k, dimension);
    }

    @Override
    public String toString() {
      return "Gradient.Sizes[k=" + k + "]";
    }
  }

  /**
   * A buffer that fits a student.
   *
   * @param student whose k and p the buffer takes
   * @return a buffer of zeros
   */
  public static Gradient of(Student student) {
    return new Gradient(student.k(), student.p());
  }

  /**
   * The loss, 1/(2n) sum_i (f_i - y_i)^2 or its expectation.
   *
   * @return the loss
   */
  public double loss() {
    return loss;
  }

  /**
   * Sets the loss.
   *
   * @param value the loss
   */
  public void loss(double value) {
    this.loss = value;
  }

  /**
   * The derivative in the student's {@link Student#v()}, live. Of a plain student, whose v is w,
   * say {@link #dw()}.
   *
   * @return [p]
   */
  public double[] dv() {
    return dv;
  }

  /**
   * The derivative in a plain student's {@link Student#w()}, live: the array that {@link #dv()}
   * gives, by the name of what it is then.
   *
   * @return [p]
   */
  public double[] dw() {
    return dv;
  }

  /**
   * The derivative in a; live.
   *
   * @return [k]
   */
  public double[] da() {
    return da;
  }

  /**
   * Refuses a student of other sizes.
   *
   * @param student the student whose gradient is to be written here
   * @throws IllegalArgumentException if k or p differ
   */
  public void requireFits(Student student) {
    Checks.requireLength("gradient.dv", dv.length, student.p(), "p of the student");
    Checks.requireLength("gradient.da", da.length, student.k(), "k of the student");
  }

  @Override
  public String toString() {
    return "Gradient[loss=" + loss + ", dv=" + ArrayText.of(dv) + ", da=" + ArrayText.of(da) + "]";
  }
}
