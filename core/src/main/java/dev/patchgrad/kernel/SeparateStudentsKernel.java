package dev.patchgrad.kernel;

import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import java.util.List;

/** Many students one after the other: what is faster where they are too few to fill a vector. */
final class SeparateStudentsKernel extends AbstractStudentsKernel {
  private final GradientKernel kernel;

  /**
   * A kernel for many students.
   *
   * @param kernel for one, which takes a pass over the data for each
   */
  SeparateStudentsKernel(GradientKernel kernel) {
    super(kernel.name(), kernel.precision(), kernel.layout());
    this.kernel = kernel;
  }

  @Override
  public String resolved() {
    return "one student at a time, " + kernel.resolved();
  }

  @Override
  void evaluateChecked(
      PatchBatch batch, List<Student> students, double[] norms, List<Gradient> out) {
    for (int r = 0; r < students.size(); r++) {
      kernel.evaluate(batch, students.get(r), out.get(r));
    }
  }
}
