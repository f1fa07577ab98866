package dev.patchgrad.population;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;

/**
 * The closed form of students and teachers so large or small that a square leaves a double's range:
 * all are brought near 1 by powers of two, which round nothing, and the results back.
 *
 * <p>With labels and student outputs divided by c, |w*| by b and v by d, the loss is multiplied by
 * c^2 and a derivative by c^2 over what its parameter was divided by.
 */
final class PowerOfTwo {
  private PowerOfTwo() {}

  static void evaluate(Teacher teacher, Student student, double normV, Gradient out) {
    boolean plain = student.parametrisation() == Parametrisation.PLAIN;
    double[] target = teacher.w();
    double[] targetWeights = teacher.a();
    int ofTarget = Math.getExponent(Checks.norm(target));
    int ofV = Math.getExponent(normV);
    // Exponents are added, since products may overflow.
    int ofLabels = exponent(targetWeights) + ofTarget;
    int ofOutputs = exponent(student.a()) + (plain ? ofV : 0);
    int unit = Math.max(ofLabels, ofOutputs);
    int ofWeights = plain ? unit - ofV : unit;

    Student near =
        plain
            ? Student.plain(scaled(student.v(), -ofV), scaled(student.a(), -ofWeights))
            : Student.weightNormalised(scaled(student.v(), -ofV), scaled(student.a(), -ofWeights));
    Teacher nearTeacher =
        Teacher.of(scaled(target, -ofTarget), scaled(targetWeights, ofTarget - unit));
    Gradient gradient = Gradient.of(near);
    ClosedForm.of(nearTeacher).evaluateUsual(near, Checks.norm(near.v()), gradient);

    out.loss(Math.scalb(gradient.loss(), 2 * unit));
    scaleInto(gradient.dv(), 2 * unit - ofV, out.dv());
    scaleInto(gradient.da(), 2 * unit - ofWeights, out.da());
  }

  /** Of the norm; far below any other where all are 0. */
  private static int exponent(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest == 0 ? -4 * Double.MAX_EXPONENT : Math.getExponent(largest);
  }

  private static double[] scaled(double[] values, int exponent) {
    double[] scaled = new double[values.length];
    scaleInto(values, exponent, scaled);
    return scaled;
  }

  private static void scaleInto(double[] values, int exponent, double[] to) {
    for (int i = 0; i < values.length; i++) {
      to[i] = Math.scalb(values[i], exponent);
    }
  }
}
