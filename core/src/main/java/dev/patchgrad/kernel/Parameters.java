package dev.patchgrad.kernel;

import dev.patchgrad.network.Student;
import java.util.Arrays;

/** A student's filter w and weights a, unpacked for a kernel and kept between calls. */
final class Parameters {
  private double[] w = new double[0];
  private double[] a = new double[0];
  private double norm = 1;

  /** Takes a student's values over; allocates only if k or p differ from the last student's. */
  void set(Student student) {
    if (w.length != student.p()) {
      // lint: once for a shape
      w = new double[student.p()];
    }
    if (a.length != student.k()) {
      // lint: once for a shape
      a = new double[student.k()];
    }
    norm = student.filter(w);
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

  /** Writes some coordinates of w into one lane: w[0] belongs to {@code at}, a stride apart. */
  void placeFilter(double[] to, int at, int stride, int from, int end) {
    for (int c = from; c < end; c++) {
      to[at + c * stride] = w[c];
    }
  }

  /** Writes some coordinates of w into one lane: w[0] belongs to {@code at}, a stride apart. */
  void placeFilter(float[] to, int at, int stride, int from, int end) {
    for (int c = from; c < end; c++) {
      to[at + c * stride] = (float) w[c];
    }
  }

  /** Writes a into one lane: from {@code at} on, a stride apart. */
  void placeWeights(double[] to, int at, int stride) {
    for (int j = 0; j < a.length; j++) {
      to[at + j * stride] = a[j];
    }
  }

  /** Writes a into one lane: from {@code at} on, a stride apart. */
  void placeWeights(float[] to, int at, int stride) {
    for (int j = 0; j < a.length; j++) {
      to[at + j * stride] = (float) a[j];
    }
  }
}
