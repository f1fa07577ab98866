package dev.patchgrad.kernel;

import dev.patchgrad.internal.DotProduct;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;

/**
 * Gradients of labels and weights so large or small that squares leave the range of a kernel's
 * precision: calculated again near 1, by powers of two, which round nothing.
 *
 * <p>Ordinary data pay for a look at the result. With labels and outputs divided by c, a plain
 * filter by b and the weights by c/b, the loss is multiplied by c^2, and a derivative by c^2 over
 * what its parameter was divided by.
 */
final class Extremes {
  /** Squares of residuals below that, on average, may have lost digits to subnormal numbers. */
  private static final double LEAST_FLOAT_LOSS = 0x1p-90;

  private static final double LEAST_DOUBLE_LOSS = 0x1p-900;

  /** Within 2 to this, and one over it, no sum of products of two leaves a precision's range. */
  private static final int USUAL_FLOAT = 20;

  private static final int USUAL_DOUBLE = 300;

  /** The exponent of 0, to which others are added. */
  private static final int NOTHING = -100_000;

  /** One student's gradient, whatever comes of it. */
  interface Evaluation {
    void evaluate(PatchBatch batch, Student student, Gradient out);
  }

  private Extremes() {}

  /**
   * Puts a result right, where it may not be.
   *
   * @param batch of the result
   * @param student of the result, checked
   * @param out the result
   * @param evaluation that it came from
   * @throws IllegalArgumentException if the patches are too large for the precision
   */
  static void mend(PatchBatch batch, Student student, Gradient out, Evaluation evaluation) {
    double least = batch.precision() == Precision.FLOAT ? LEAST_FLOAT_LOSS : LEAST_DOUBLE_LOSS;
    if (!(out.loss() >= least && isFinite(student, out))) {
      again(batch, student, out, evaluation);
    }
  }

  /**
   * Whether the gradient is. Under weight normalisation w^T dL/dw is in every element of dv, and
   * weights' sums overflow only where the loss did, so that one element tells of all.
   */
  private static boolean isFinite(Student student, Gradient out) {
    if (!(out.loss() < Double.POSITIVE_INFINITY)) {
      return false;
    }
    return student.parametrisation() == Parametrisation.PLAIN
        ? DotProduct.of(out.dv(), out.dv()) + DotProduct.of(out.da(), out.da())
            < Double.POSITIVE_INFINITY
        : Math.abs(out.dv()[0]) + Math.abs(out.da()[0]) < Double.POSITIVE_INFINITY;
  }

  private static void again(
      PatchBatch batch, Student student, Gradient out, Evaluation evaluation) {
    boolean plain = student.parametrisation() == Parametrisation.PLAIN;
    int ofFilter = plain ? Math.getExponent(Math.max(Double.MIN_NORMAL, largest(student.v()))) : 0;
    int ofWeights = exponent(largest(student.a()));
    int unit = Math.max(ofWeights + ofFilter, exponent(largestLabel(batch)));
    int usual = batch.precision() == Precision.FLOAT ? USUAL_FLOAT : USUAL_DOUBLE;
    if (unit <= NOTHING + Double.MAX_EXPONENT
        || Math.max(Math.abs(unit), Math.max(Math.abs(ofFilter), ofWeights)) <= usual) {
      requirePatches(batch, out);
      return; // a small loss, or none, that is right as it stands
    }
    Student near =
        plain
            ? Student.plain(scaled(student.v(), -ofFilter), scaled(student.a(), ofFilter - unit))
            : Student.weightNormalised(student.v(), scaled(student.a(), -unit));
    Gradient gradient = Gradient.of(near);
    evaluation.evaluate(labelled(batch, unit), near, gradient);
    requirePatches(batch, gradient);
    out.loss(Math.scalb(gradient.loss(), 2 * unit));
    scale(gradient.dv(), 2 * unit - ofFilter, out.dv());
    scale(gradient.da(), unit + ofFilter, out.da());
  }

  /** In two steps, as one over the smallest doubles is infinite. */
  private static PatchBatch labelled(PatchBatch batch, int unit) {
    int half = unit / 2;
    return batch
        .withLabelsTimes(Math.scalb(1.0, -half))
        .withLabelsTimes(Math.scalb(1.0, half - unit));
  }

  private static void requirePatches(PatchBatch batch, Gradient gradient) {
    boolean isFinite = gradient.loss() < Double.POSITIVE_INFINITY;
    for (double value : gradient.dv()) {
      isFinite &= Double.isFinite(value);
    }
    for (double value : gradient.da()) {
      isFinite &= Double.isFinite(value);
    }
    if (!isFinite) {
      throw new IllegalArgumentException(
          "batch: patches up to "
              + largestElement(batch)
              + " given; expected smaller ones, whose gradient is within the range of "
              + batch.precision().label());
    }
  }

  private static double largestElement(PatchBatch batch) {
    double largest = 0;
    for (int i = 0; i < batch.n(); i++) {
      for (int j = 0; j < batch.k(); j++) {
        for (int c = 0; c < batch.p(); c++) {
          largest = Math.max(largest, Math.abs(batch.patch(i, j, c)));
        }
      }
    }
    return largest;
  }

  private static double largestLabel(PatchBatch batch) {
    double largest = 0;
    for (int i = 0; i < batch.n(); i++) {
      largest = Math.max(largest, Math.abs(batch.label(i)));
    }
    return largest;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** Below all others where all are 0. */
  private static int exponent(double size) {
    return size == 0 ? NOTHING : Math.getExponent(size);
  }

  private static double[] scaled(double[] values, int exponent) {
    double[] scaled = new double[values.length];
    scale(values, exponent, scaled);
    return scaled;
  }

  private static void scale(double[] values, int exponent, double[] to) {
    for (int i = 0; i < values.length; i++) {
      to[i] = Math.scalb(values[i], exponent);
    }
  }
}
