package dev.patchgrad.descent;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.util.List;

/**
 * A kernel, for one student or for several, as a descent sees it.
 *
 * @param name of the kernel
 * @param precision of the batches that it takes
 * @param layout of the batches that it takes
 * @param evaluation computes the gradients of some students over a batch
 */
record BatchKernel(String name, Precision precision, Layout layout, Evaluation evaluation) {
  /** Losses and gradients of some students over a batch. */
  interface Evaluation {
    void evaluate(PatchBatch batch, List<Student> students, List<Gradient> out);
  }

  static BatchKernel of(GradientKernel kernel) {
    return new BatchKernel(
        kernel.name(),
        kernel.precision(),
        kernel.layout(),
        (batch, students, out) -> {
          for (int i = 0; i < students.size(); i++) {
            kernel.evaluate(batch, students.get(i), out.get(i));
          }
        });
  }

  static BatchKernel of(StudentsKernel kernel) {
    return new BatchKernel(kernel.name(), kernel.precision(), kernel.layout(), kernel::evaluate);
  }

  void requireFits(String argument, PatchBatch batch) {
    if (batch.precision() != precision || !batch.layout().equals(layout)) {
      throw new IllegalArgumentException(
          argument
              + ": "
              + batch.precision().label()
              + " in layout "
              + batch.layout()
              + " given; kernel '"
              + name
              + "' expected "
              + precision.label()
              + " in layout "
              + layout);
    }
  }
}
