package dev.patchgrad.kernel;

import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;

/** The refusals of a kernel's arguments, in one place; implementations trust them. */
final class KernelChecks {
  private KernelChecks() {}

  static void requireFits(NamedKernel kernel, PatchBatch batch) {
    if (batch.precision() != kernel.precision()) {
      throw new IllegalArgumentException(
          "batch: precision "
              + batch.precision().label()
              + " given; kernel '"
              + kernel.name()
              + "' expected "
              + kernel.precision().label());
    }
    if (!batch.layout().equals(kernel.layout())) {
      throw new IllegalArgumentException(
          "batch: layout "
              + batch.layout()
              + " given; kernel '"
              + kernel.name()
              + "' expected "
              + kernel.layout()
              + ", as batch.toLayout(kernel.layout()) gives it");
    }
  }

  static void requireFits(PatchBatch batch, Student student) {
    if (student.p() != batch.p()) {
      throw new IllegalArgumentException(
          "student: p = " + student.p() + " given; expected p = " + batch.p() + " of the batch");
    }
    if (student.k() != batch.k()) {
      throw new IllegalArgumentException(
          "student: k = " + student.k() + " given; expected k = " + batch.k() + " of the batch");
    }
  }
}
