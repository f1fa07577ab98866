package dev.patchgrad.kernel;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.util.List;

/** The checks that all kernels for many students share. */
abstract class AbstractStudentsKernel extends NamedKernel implements StudentsKernel {
  private double[] norms = new double[0];

  private final Extremes.Evaluation again =
      (batch, student, out) ->
          evaluateChecked(
              batch, List.of(student), new double[] {student.checkedNorm()}, List.of(out));

  AbstractStudentsKernel(String name, Precision precision, Layout layout) {
    super(name, precision, layout);
  }

  @Override
  public final void evaluate(PatchBatch batch, List<Student> students, List<Gradient> out) {
    enter();
    try {
      checkAndEvaluate(batch, students, out);
    } finally {
      leave();
    }
  }

  private void checkAndEvaluate(PatchBatch batch, List<Student> students, List<Gradient> out) {
    KernelChecks.requireFits(this, batch);
    Checks.requirePositive("students: size", students.size());
    Checks.requireLength("out", out.size(), students.size(), "R, the number of students");
    if (norms.length < students.size()) {
      norms = new double[students.size()];
    }
    for (int r = 0; r < students.size(); r++) {
      try {
        KernelChecks.requireFits(batch, students.get(r));
        norms[r] = students.get(r).checkedNorm();
        out.get(r).requireFits(students.get(r));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("students[" + r + "]: " + e.getMessage(), e);
      }
    }
    Checks.requireDistinct("out", out);
    evaluateChecked(batch, students, norms, out);
    for (int r = 0; r < students.size(); r++) {
      Extremes.mend(batch, students.get(r), out.get(r), again);
    }
  }

  /**
   * Writes every output.
   *
   * @param batch checked: this kernel's precision and layout
   * @param students checked and finite, of the batch's k and p
   * @param norms the students' {@link Student#checkedNorm}, or longer
   * @param out as many, of the students' sizes
   */
  abstract void evaluateChecked(
      PatchBatch batch, List<Student> students, double[] norms, List<Gradient> out);
}
