package dev.patchgrad.kernel;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What both precisions of the sign flips share: the checks before, the gradients after. */
abstract class AbstractSignFlipsKernel extends NamedKernel implements SignFlipsKernel {
  private final Parameters parameters = new Parameters();
  private final RunningSums[] sums = new RunningSums[FLIPS];
  private final Extremes.Evaluation[] again = new Extremes.Evaluation[FLIPS];

  AbstractSignFlipsKernel(String name, Precision precision, Layout layout) {
    super(name, precision, layout);
    Arrays.setAll(sums, flip -> new RunningSums());
    Arrays.setAll(again, flip -> (batch, student, out) -> computeOne(batch, student, flip, out));
  }

  @Override
  public final void evaluate(PatchBatch batch, Student student, List<Gradient> out) {
    enter();
    try {
      checkAndEvaluate(batch, student, out);
    } finally {
      leave();
    }
  }

  private void checkAndEvaluate(PatchBatch batch, Student student, List<Gradient> out) {
    KernelChecks.requireFits(this, batch);
    KernelChecks.requireFits(batch, student);
    double norm = student.checkedNorm();
    Checks.requireLength("out", out.size(), FLIPS, "the number of sign flips");
    Checks.requireDistinct("out", out);
    for (int flip = 0; flip < FLIPS; flip++) {
      out.get(flip).requireFits(student);
    }
    compute(batch, student, norm, out);
    for (int flip = 0; flip < FLIPS; flip++) {
      Extremes.mend(batch, student, out.get(flip), again[flip]);
    }
  }

  /** One flip of all that are computed once more. */
  private void computeOne(PatchBatch batch, Student student, int flip, Gradient out) {
    List<Gradient> all = new ArrayList<>();
    for (int other = 0; other < FLIPS; other++) {
      all.add(other == flip ? out : Gradient.of(student));
    }
    compute(batch, student, student.checkedNorm(), all);
  }

  private void compute(PatchBatch batch, Student student, double norm, List<Gradient> out) {
    parameters.set(student, norm);
    for (RunningSums sum : sums) {
      sum.reset(student.k(), student.p());
    }
    accumulate(batch, parameters, sums);
    // At -v the filter is -w: twice a factor of -1 in the step from w to v, so w itself serves.
    for (int flip = 0; flip < FLIPS; flip++) {
      sums[flip].finish(batch.n(), student, parameters, out.get(flip));
    }
  }

  /**
   * Adds the sums over all samples.
   *
   * @param batch checked: this kernel's precision and layout
   * @param parameters checked and finite, of (v, a)
   * @param sums of each flip; added to
   */
  abstract void accumulate(PatchBatch batch, Parameters parameters, RunningSums[] sums);
}
