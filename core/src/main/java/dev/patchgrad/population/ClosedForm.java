package dev.patchgrad.population;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;

/**
 * The population loss 1/2 E[(f(Z; w, a) - f(Z; w*, a*))^2] over Z_j ~ N(0, I_p) and its gradient
 * (Du et al. 2018, section 3), for both parametrisations.
 *
 * <p>With phi the angle between w and w*, g = (pi - phi) cos phi + sin phi, b = |w*| a*, P the
 * projection orthogonal to w, and e = a - b under weight normalisation, e = |w| a - b without:
 *
 * <pre>
 * l     = 1/(4 pi) { (pi - 1) |e|^2 + (1^T e)^2 + 2 (pi - g) b^T (e + b) }
 * dl/da = 1/(2 pi) { (1^T e) 1 + (pi - 1) e + (pi - g) b }     (times |w| without normalisation)
 * dl/dv = - a^T a* (pi - phi) / (2 pi |v|) P w*
 * dL/dw = 1/|w| (a^T dL/da) w/|w| - a^T a* (pi - phi) / (2 pi) P w*
 * </pre>
 *
 * <p>Written in e, nothing cancels next to the global minimum (e = 0, phi = 0): loss and gradient
 * keep their relative precision down to the smallest numbers.
 *
 * <p>Immutable; may be shared by threads. Evaluating allocates no array.
 */
public final class ClosedForm {
  private final Teacher teacher;
  private final double[] direction;
  private final double[] weights;
  private final double[] scaledWeights;
  private final double norm;

  /** Whether sums of squares, or products of three factors, leave a double's range. */
  private final boolean isExtreme;

  /**
   * The closed form for a teacher.
   *
   * @param teacher whose labels the students learn
   * @return the closed form
   * @throws IllegalArgumentException if |w*| |a*| is beyond the largest double
   */
  public static ClosedForm of(Teacher teacher) {
    return new ClosedForm(teacher);
  }

  private ClosedForm(Teacher teacher) {
    this.teacher = teacher;
    this.direction = teacher.w();
    this.weights = teacher.a();
    this.scaledWeights = teacher.a();
    this.norm = Checks.norm(direction);
    for (int c = 0; c < direction.length; c++) {
      direction[c] /= norm;
    }
    for (int j = 0; j < weights.length; j++) {
      scaledWeights[j] *= norm;
    }
    double scale = Checks.norm(scaledWeights);
    if (!(scale <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "teacher: |w*| |a*| is more than a double holds; expected at most " + Double.MAX_VALUE);
    }
    double own = Checks.norm(weights);
    this.isExtreme = own > 0 && !(isUsual(own) && isUsual(norm) && isUsual(scale));
  }

  private static boolean isUsual(double size) {
    return size > 0x1p-400 && size < 0x1p400;
  }

  /**
   * The teacher.
   *
   * @return the teacher
   */
  public Teacher teacher() {
    return teacher;
  }

  /**
   * Computes loss and gradient at a student's parameters.
   *
   * @param student of the teacher's k and p; where v = -w* or v = w* exactly, the gradient in v is
   *     exactly 0
   * @param out written: loss, dv [p] (dw where the student is plain), da [k]; infinite where a
   *     number is beyond the largest double
   * @throws IllegalArgumentException if sizes do not match, a parameter is not finite, or v = 0
   *     (also where the student is plain: the loss has a kink there); {@code out} is then unchanged
   */
  public void evaluate(Student student, Gradient out) {
    double normV = requireFits(student);
    out.requireFits(student);
    if (isExtreme || !evaluateUsual(student, normV, out)) {
      PowerOfTwo.evaluate(teacher, student, normV, out);
    }
  }

  /**
   * The formula as it stands.
   *
   * @return false, with nothing written, where the student's outputs are too large for it
   */
  boolean evaluateUsual(Student student, double normV, Gradient out) {
    double[] v = student.v();
    double[] a = student.a();
    boolean plain = student.parametrisation() == Parametrisation.PLAIN;
    double scale = plain ? normV : 1;

    double differenceSquares = 0;
    double sumSquares = 0;
    for (int c = 0; c < v.length; c++) {
      double u = v[c] / normV;
      differenceSquares += (u - direction[c]) * (u - direction[c]);
      sumSquares += (u + direction[c]) * (u + direction[c]);
    }
    FilterAngle angle = FilterAngle.ofChords(Math.sqrt(differenceSquares), Math.sqrt(sumSquares));

    double error = 0;
    double errorSquares = 0;
    double overlap = 0;
    for (int j = 0; j < a.length; j++) {
      double e = scale * a[j] - scaledWeights[j];
      error += e;
      errorSquares += e * e;
      overlap += a[j] * weights[j];
    }
    if (!(errorSquares < 0x1p800)) {
      return false;
    }
    out.loss(
        ((Math.PI - 1) * errorSquares + error * error + 2 * angle.gap() * norm * (scale * overlap))
            / (4 * Math.PI));

    double[] da = out.da();
    double radial = 0;
    for (int j = 0; j < a.length; j++) {
      double e = scale * a[j] - scaledWeights[j];
      double derivative =
          (error + (Math.PI - 1) * e + angle.gap() * scaledWeights[j]) / (2 * Math.PI);
      da[j] = scale * derivative;
      radial += a[j] * derivative;
    }

    // P w* from whichever of u - w*, u + w* is short: its digits are not lost to the long one.
    double sign = angle.phi() <= angle.supplement() ? 1 : -1;
    double along = 0;
    for (int c = 0; c < v.length; c++) {
      double u = v[c] / normV;
      along += (direction[c] - sign * u) * u;
    }
    double tangential = -overlap * angle.supplement() * norm / (2 * Math.PI * (plain ? 1 : normV));
    double outward = plain ? radial : 0;
    double[] dv = out.dv();
    for (int c = 0; c < v.length; c++) {
      double u = v[c] / normV;
      dv[c] = outward * u + tangential * (direction[c] - sign * u - along * u);
    }
    return true;
  }

  /**
   * Computes loss and gradient into a buffer of its own.
   *
   * @param student of the teacher's k and p
   * @return loss, dv [p] (dw where the student is plain), da [k]
   * @throws IllegalArgumentException as {@link #evaluate} does
   */
  public Gradient gradient(Student student) {
    Gradient out = Gradient.of(student);
    evaluate(student, out);
    return out;
  }

  /**
   * The angle between a student's and the teacher's filter.
   *
   * @param student of the teacher's k and p
   * @return the angle
   * @throws IllegalArgumentException if sizes do not match, a parameter is not finite, or v = 0
   */
  public FilterAngle angle(Student student) {
    requireFits(student);
    return FilterAngle.between(student.v(), direction);
  }

  @Override
  public String toString() {
    return "ClosedForm[" + teacher + "]";
  }

  /** Refuses, or gives |v|. */
  private double requireFits(Student student) {
    Checks.requireLength("student.v", student.p(), direction.length, "p of the teacher");
    Checks.requireLength("student.a", student.k(), weights.length, "k of the teacher");
    student.check();
    double normV = Checks.norm(student.v());
    if (normV == 0) {
      throw new IllegalArgumentException(
          "v: all "
              + student.p()
              + " elements are 0; expected |v| > 0, since the loss has no gradient at w = 0");
    }
    return normV;
  }
}
