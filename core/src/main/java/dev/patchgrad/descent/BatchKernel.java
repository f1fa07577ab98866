package dev.patchgrad.descent;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.kernel.SignFlipsKernel;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.kernel.ThreadedKernel;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.util.List;
import java.util.Optional;

/**
 * A kernel, for one student or for several, as a descent sees it.
 *
 * @param name of the kernel
 * @param precision of the batches that it takes
 * @param layout of the batches that it takes
 * @param evaluation computes the gradients of some students over a batch
 * @param signFlips computes those of a start's four sign flips over the same batches, where that is
 *     faster
 */
record BatchKernel(
    String name,
    Precision precision,
    Layout layout,
    Evaluation evaluation,
    Optional<SignFlipsKernel> signFlips) {
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
        },
        // It has one thread, and would make several wait.
        kernel instanceof ThreadedKernel
            ? Optional.empty()
            : signFlips(kernel.precision(), kernel.layout()));
  }

  static BatchKernel of(StudentsKernel kernel) {
    return new BatchKernel(
        kernel.name(),
        kernel.precision(),
        kernel.layout(),
        kernel::evaluate,
        signFlips(kernel.precision(), kernel.layout()));
  }

  /**
   * The kernel for sign flips, where it reads this layout: it serves the first pass of a descent
   * alone, which pays for no conversion. A layout without lanes is never its own, and may be that
   * of a JVM without vectors, in which it cannot be made.
   */
  private static Optional<SignFlipsKernel> signFlips(Precision precision, Layout layout) {
    return layout.lanes() == 1
        ? Optional.empty()
        : Optional.of(Kernels.createSignFlips(precision))
            .filter(kernel -> kernel.layout().equals(layout));
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
