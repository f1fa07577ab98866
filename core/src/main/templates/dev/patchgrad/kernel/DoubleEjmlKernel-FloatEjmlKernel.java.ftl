package dev.patchgrad.kernel;

import dev.patchgrad.network.${Type}Batch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import org.ejml.data.${ejml}MatrixRMaj;
import org.ejml.dense.row.CommonOps_${ejml}DRM;

/**
 * The gradient as EJML's matrix operations over the whole batch, with its matrices reused.
 *
 * <p>Z is a matrix of n k rows and p columns over the batch's own array; relu(Z w) is read as n
 * rows and k columns without being moved.
 */
final class ${Type}EjmlKernel extends AbstractKernel {
  static final String NAME = "ejml";

  private final ${ejml}MatrixRMaj patches = new ${ejml}MatrixRMaj(0, 0);
  private final ${ejml}MatrixRMaj slice = new ${ejml}MatrixRMaj(0, 0);
  private final ${ejml}MatrixRMaj labels = new ${ejml}MatrixRMaj(0, 0);
  private final ${ejml}MatrixRMaj w = new ${ejml}MatrixRMaj(0, 0);
  private final ${ejml}MatrixRMaj a = new ${ejml}MatrixRMaj(0, 0);
  private final ${ejml}MatrixRMaj hidden = new ${ejml}MatrixRMaj(0, 0);
  private final ${ejml}MatrixRMaj gates = new ${ejml}MatrixRMaj(0, 0);
  private final ${ejml}MatrixRMaj outer = new ${ejml}MatrixRMaj(0, 0);
  private final ${ejml}MatrixRMaj residuals = new ${ejml}MatrixRMaj(0, 0);
  private final ${ejml}MatrixRMaj filterSum = new ${ejml}MatrixRMaj(0, 0);
  private final ${ejml}MatrixRMaj weightSum = new ${ejml}MatrixRMaj(0, 0);

  ${Type}EjmlKernel() {
    super(NAME, Precision.${TYPE}, Layout.ROW_MAJOR);
  }

  @Override
  public String resolved() {
    return "EJML dense row-major, no vector species";
  }

  @Override
  void accumulate(PatchBatch batch, Parameters parameters, RunningSums sums) {
    ${Type}Batch typed = (${Type}Batch) batch;
    int n = batch.n();
    int k = batch.k();
    int p = batch.p();
    if (batch.offset() == 0) {
      patches.setData(typed.patches());
      patches.reshape(n * k, p);
    } else {
      // EJML's matrices start where their array does: the slice of a larger batch is copied.
      slice.reshape(n * k, p);
      System.arraycopy(typed.patches(), batch.offset(), slice.data, 0, n * k * p);
      patches.setData(slice.data);
      patches.reshape(n * k, p);
    }
    labels.setData(typed.labels());
    labels.reshape(n, 1);
    w.reshape(p, 1);
    parameters.copyFilter(w.data);
    a.reshape(k, 1);
    parameters.copyWeights(a.data);

    CommonOps_${ejml}DRM.mult(patches, w, hidden);
    CommonOps_${ejml}DRM.apply(hidden, x -> x > 0 ? 1 : 0, gates);
    CommonOps_${ejml}DRM.elementMult(hidden, gates, hidden);
    hidden.reshape(n, k);
    CommonOps_${ejml}DRM.mult(hidden, a, residuals);
    CommonOps_${ejml}DRM.subtractEquals(residuals, labels);
    CommonOps_${ejml}DRM.multTransA(hidden, residuals, weightSum);

    CommonOps_${ejml}DRM.multTransB(residuals, a, outer);
    outer.reshape(n * k, 1);
    CommonOps_${ejml}DRM.elementMult(outer, gates, outer);
    CommonOps_${ejml}DRM.multTransA(patches, outer, filterSum);

    sums.addSquares(CommonOps_${ejml}DRM.dot(residuals, residuals));
    sums.addFilter(filterSum.data);
    sums.addWeights(weightSum.data);
    hidden.reshape(n * k, 1);
  }
}
