package dev.patchgrad.kernel;

import dev.patchgrad.network.Student;
import java.util.Arrays;

/** A student's filter w and weights a, unpacked for a kernel and kept between calls. */
final class Parameters {
  private double[] w = new double[0];
  private double[] a = new double[0];
  private double norm = 1;

  /**
   * Takes a student's values over; allocates only if k or p differ from the last student's.
   *
   * @param student checked
   * @param checkedNorm of it
   */
  void set(Student student, double checkedNorm) {
    if (w.length != student.p()) {
      // lint: once for a shape
      w = new double[student.p()];
    }
    if (a.length != student.k()) {
      // lint: once for a shape
      a = new double[student.k()];
    }
    norm = checkedNorm;
    student.filter(w, norm);
    System.arraycopy(student.a(), 0, a, 0, a.length);
  }

  /** w, the unit filter (or the plain one): [p]. */
  double[] w() {
    return w;
  }

  /** a: [k]. */
  double[] a() {
    return a;
  }

  /** |v|, or 1 for a plain student. */
  double norm() {
    return norm;
  }

  void copyFilter(double[] to) {
    System.arraycopy(w, 0, to, 0, w.length);
    Arrays.fill(to, w.length, to.length, 0);
  }

  void copyFilter(float[] to) {
    for (int c = 0; c < w.length; c++) {
      to[c] = (float) w[c];
    }
    Arrays.fill(to, w.length, to.length, 0);
  }

  void copyWeights(double[] to) {
    System.arraycopy(a, 0, to, 0, a.length);
    Arrays.fill(to, a.length, to.length, 0);
  }

  void copyWeights(float[] to) {
    for (int j = 0; j < a.length; j++) {
      to[j] = (float) a[j];
    }
    Arrays.fill(to, a.length, to.length, 0);
  }
}
