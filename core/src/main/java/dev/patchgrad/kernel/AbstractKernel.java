package dev.patchgrad.kernel;

import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;

/** What all kernels share: the checks before, and the step from sums to a gradient after. */
abstract class AbstractKernel extends NamedKernel implements GradientKernel {
  private final Parameters parameters = new Parameters();
  private final RunningSums sums = new RunningSums();

  private final Extremes.Evaluation again =
      (batch, student, out) -> compute(batch, student, student.checkedNorm(), out);

  AbstractKernel(String name, Precision precision, Layout layout) {
    super(name, precision, layout);
  }

  @Override
  public final void evaluate(PatchBatch batch, Student student, Gradient out) {
    enter();
    try {
      KernelChecks.requireFits(this, batch);
      KernelChecks.requireFits(batch, student);
      out.requireFits(student);
      compute(batch, student, student.checkedNorm(), out);
      Extremes.mend(batch, student, out, again);
    } finally {
      leave();
    }
  }

  private void compute(PatchBatch batch, Student student, double norm, Gradient out) {
    parameters.set(student, norm);
    sums.reset(student.k(), student.p());
    accumulate(batch, parameters, sums);
    sums.finish(batch.n(), student, parameters, out);
  }

  /**
   * Adds the sums over all samples.
   *
   * @param batch checked: this kernel's precision and layout, the parameters' k and p
   * @param parameters checked and finite
   * @param sums added to
   */
  abstract void accumulate(PatchBatch batch, Parameters parameters, RunningSums sums);
}
