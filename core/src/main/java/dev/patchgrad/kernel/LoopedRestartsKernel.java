package dev.patchgrad.kernel;

import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import java.util.List;

/** One gradient after the other by a kernel for one: R passes over the batch. */
final class LoopedRestartsKernel extends AbstractRestartsKernel {
  private final GradientKernel kernel;

  LoopedRestartsKernel(GradientKernel kernel) {
    super("looped-" + kernel.name(), kernel.precision(), kernel.layout());
    this.kernel = kernel;
  }

  @Override
  public String resolved() {
    return kernel.resolved();
  }

  @Override
  void evaluateChecked(PatchBatch batch, List<Student> students, List<Gradient> out) {
    for (int r = 0; r < students.size(); r++) {
      kernel.evaluate(batch, students.get(r), out.get(r));
    }
  }
}
