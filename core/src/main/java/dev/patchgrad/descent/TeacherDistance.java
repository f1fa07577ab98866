package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.population.FilterAngle;

/**
 * How far a student is from its teacher, in the measures that the paper follows.
 *
 * <p>A student of filter w and weights a computes what the unit filter w/|w| does with weights |w|
 * a, and so does the teacher: weights are compared in that form, which changes nothing under weight
 * normalisation with |w*| = 1.
 *
 * @param angle phi, between the filters
 * @param filter |w/|w| - w*&#47;|w*||, 2 sin(phi/2)
 * @param weights |a - |w*| a*|
 * @param weightSum |1^T a - |w*| 1^T a*|
 */
public record TeacherDistance(FilterAngle angle, double filter, double weights, double weightSum) {
  /**
   * The distance between two networks.
   *
   * @param student of the teacher's k and p
   * @param teacher the teacher
   * @return the distance
   * @throws IllegalArgumentException if sizes do not match, a filter is not finite, or v = 0
   */
  public static TeacherDistance between(Student student, Teacher teacher) {
    return between(student, teacher.w(), teacher.a());
  }

  /** As above, over arrays that need not be copied. */
  static TeacherDistance between(Student student, double[] target, double[] targetWeights) {
    Checks.requireLength("student.a", student.k(), targetWeights.length, "k of the teacher");
    FilterAngle angle = FilterAngle.between(student.v(), target);
    double scale = Checks.norm(target);
    double own = student.parametrisation() == Parametrisation.PLAIN ? Checks.norm(student.v()) : 1;
    double[] a = student.a();
    double squares = 0;
    double sum = 0;
    double largest = 0;
    for (int j = 0; j < a.length; j++) {
      double error = own * a[j] - scale * targetWeights[j];
      squares += error * error;
      sum += error;
      largest = Math.max(largest, Math.abs(error));
    }
    double weights = Math.sqrt(squares);
    if (largest > 0 && !(squares > 0x1p-900 && squares < Double.POSITIVE_INFINITY)) {
      int exponent = Math.getExponent(largest);
      double unit = Math.scalb(1.0, -exponent);
      squares = 0;
      for (int j = 0; j < a.length; j++) {
        double error = (own * a[j] - scale * targetWeights[j]) * unit;
        squares += error * error;
      }
      weights = Math.scalb(Math.sqrt(squares), exponent);
    }
    return new TeacherDistance(angle, 2 * Math.sin(angle.phi() / 2), weights, Math.abs(sum));
  }
}
