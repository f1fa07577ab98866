package dev.patchgrad.bench;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;

/**
 * One gradient, ready to be measured: the batch in the kernel's layout, the student, and the result
 * that each call overwrites. It was computed once and held against the scalar kernel's.
 */
final class ReadyGradient {
  private final GradientKernel kernel;
  private final PatchBatch batch;
  private final Student student;
  private final Gradient result;

  /**
   * Makes batch and student.
   *
   * @param problem of a cell
   * @param kernel that is to be measured; it may have seen other shapes
   * @throws IllegalStateException if the kernel computes something else than the scalar one
   */
  ReadyGradient(GradientProblem problem, GradientKernel kernel) {
    PatchBatch rowMajor = problem.batch();
    this.kernel = kernel;
    this.batch = rowMajor.toLayout(kernel.layout());
    this.student = problem.student();
    this.result = Gradient.of(student);
    evaluate();
    AgreementCheck.require(kernel, rowMajor, student, result);
  }

  /**
   * Computes it.
   *
   * @return the loss, which with the live arrays of the result keeps the whole call alive
   */
  double evaluate() {
    kernel.evaluate(batch, student, result);
    return result.loss();
  }

  GradientKernel kernel() {
    return kernel;
  }

  /** In the kernel's layout. */
  PatchBatch batch() {
    return batch;
  }

  /** What the last call computed; live. */
  Gradient result() {
    return result;
  }
}
