package dev.patchgrad.kernel;

import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;

/** What all kernels share: the checks before, and the step from sums to a gradient after. */
abstract class AbstractKernel implements GradientKernel {
  private final String name;
  private final Precision precision;
  private final Layout layout;
  private final Parameters parameters = new Parameters();
  private final GradientSums sums = new GradientSums();

  AbstractKernel(String name, Precision precision, Layout layout) {
    this.name = name;
    this.precision = precision;
    this.layout = layout;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Precision precision() {
    return precision;
  }

  @Override
  public final Layout layout() {
    return layout;
  }

  @Override
  public final void evaluate(PatchBatch batch, Student student, Gradient out) {
    KernelChecks.requireFits(this, batch, student);
    out.requireFits(student);
    student.check();
    parameters.set(student);
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
  abstract void accumulate(PatchBatch batch, Parameters parameters, GradientSums sums);
}
