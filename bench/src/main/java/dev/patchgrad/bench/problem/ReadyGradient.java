package dev.patchgrad.bench.problem;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;

/**
 * One gradient, ready to be measured: the batch in the kernel's layout, the student, and the result
 * that each call overwrites. It was computed once and held against the scalar kernel's.
 */
public final class ReadyGradient {
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
  public ReadyGradient(GradientProblem problem, GradientKernel kernel) {
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
  public double evaluate() {
    kernel.evaluate(batch, student, result);
    return result.loss();
  }

  /**
   * The kernel that computes it.
   *
   * @return the one that it was made for
   */
  public GradientKernel kernel() {
    return kernel;
  }

  /**
   * The batch that the kernel reads.
   *
   * @return in the kernel's layout
   */
  public PatchBatch batch() {
    return batch;
  }

  /**
   * What the last call computed.
   *
   * @return live: the next call overwrites it
   */
  public Gradient result() {
    return result;
  }
}
