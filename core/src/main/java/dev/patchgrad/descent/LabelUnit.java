package dev.patchgrad.descent;

import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.util.ArrayList;
import java.util.List;

/**
 * A power of two that labels are counted in, so that no residual's square leaves the range of the
 * kernel's precision: labels and a are divided by it, the loss and dv multiplied by its square, da
 * by itself. A power of two rounds nothing.
 *
 * <p>Labels of a usual size stay as they are, and cost nothing. It owns scratch space.
 */
final class LabelUnit {
  /** Squares of residuals a billionth as large still have all their digits, as have sums. */
  private static final int FLOAT_EXPONENT = 20;

  private static final int DOUBLE_EXPONENT = 300;

  private final int exponent;
  private final double inverse;
  private final List<Student> scratch = new ArrayList<>();

  private LabelUnit(int exponent) {
    this.exponent = exponent;
    this.inverse = Math.scalb(1.0, -exponent);
  }

  /**
   * The unit for some labels.
   *
   * @param lossAtZero their 1/2 E[y^2]
   * @param precision of the kernel
   */
  static LabelUnit of(double lossAtZero, Precision precision) {
    int exponent = lossAtZero == 0 ? 0 : Math.getExponent(Math.sqrt(2 * lossAtZero));
    int usual = precision == Precision.FLOAT ? FLOAT_EXPONENT : DOUBLE_EXPONENT;
    return new LabelUnit(Math.abs(exponent) <= usual ? 0 : exponent);
  }

  /** What labels in units are of the labels: a power of two. */
  double factor() {
    return inverse;
  }

  /** The batch with its labels in units; it shares the patches. */
  PatchBatch relabelled(PatchBatch batch) {
    return exponent == 0 ? batch : batch.withLabelsTimes(inverse);
  }

  /** Students whose a is in units; valid until the next call. */
  List<Student> inUnits(List<Student> students) {
    if (exponent == 0) {
      return students;
    }
    for (int i = 0; i < students.size(); i++) {
      Student student = students.get(i);
      if (i == scratch.size()) {
        scratch.add(student.copy());
      } else if (!isLike(scratch.get(i), student)) {
        scratch.set(i, student.copy());
      } else {
        System.arraycopy(student.v(), 0, scratch.get(i).v(), 0, student.p());
        System.arraycopy(student.a(), 0, scratch.get(i).a(), 0, student.k());
      }
      double[] a = scratch.get(i).a();
      for (int j = 0; j < a.length; j++) {
        a[j] *= inverse;
      }
    }
    return scratch.subList(0, students.size());
  }

  private static boolean isLike(Student own, Student other) {
    return own.parametrisation() == other.parametrisation()
        && own.p() == other.p()
        && own.k() == other.k();
  }

  /** Gradients of students in units as those of the students themselves. */
  void scale(List<Gradient> gradients) {
    if (exponent == 0) {
      return;
    }
    for (int i = 0; i < gradients.size(); i++) {
      Gradient gradient = gradients.get(i);
      gradient.loss(Math.scalb(gradient.loss(), 2 * exponent));
      double[] dv = gradient.dv();
      for (int c = 0; c < dv.length; c++) {
        dv[c] = Math.scalb(dv[c], 2 * exponent);
      }
      double[] da = gradient.da();
      for (int j = 0; j < da.length; j++) {
        da[j] = Math.scalb(da[j], exponent);
      }
    }
  }
}
