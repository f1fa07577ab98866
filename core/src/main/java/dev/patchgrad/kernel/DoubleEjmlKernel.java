package dev.patchgrad.kernel;

import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The gradient as EJML's matrix operations over the whole batch, with its matrices reused.
 *
 * <p>Z is a matrix of n k rows and p columns over the batch's own array; relu(Z w) is read as n
 * rows and k columns without being moved.
 */
final class DoubleEjmlKernel extends AbstractKernel {
  static final String NAME = "ejml";

  private final DMatrixRMaj patches = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj slice = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj labels = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj w = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj a = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj hidden = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj gates = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj outer = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj residuals = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj filterSum = new DMatrixRMaj(0, 0);
  private final DMatrixRMaj weightSum = new DMatrixRMaj(0, 0);

  DoubleEjmlKernel() {
    super(NAME, Precision.DOUBLE, Layout.ROW_MAJOR);
  }

  @Override
  public String resolved() {
    return "EJML dense row-major, no vector species";
  }

  @Override
  void accumulate(PatchBatch batch, Parameters parameters, GradientSums sums) {
    DoubleBatch doubles = (DoubleBatch) batch;
    int n = batch.n();
    int k = batch.k();
    int p = batch.p();
    if (batch.offset() == 0) {
      patches.setData(doubles.patches());
      patches.reshape(n * k, p);
    } else {
      // EJML's matrices start where their array does: the slice of a larger batch is copied.
      slice.reshape(n * k, p);
      System.arraycopy(doubles.patches(), batch.offset(), slice.data, 0, n * k * p);
      patches.setData(slice.data);
      patches.reshape(n * k, p);
    }
    labels.setData(doubles.labels());
    labels.reshape(n, 1);
    w.reshape(p, 1);
    parameters.copyFilter(w.data);
    a.reshape(k, 1);
    parameters.copyWeights(a.data);

    CommonOps_DDRM.mult(patches, w, hidden);
    CommonOps_DDRM.apply(hidden, x -> x > 0 ? 1 : 0, gates);
    CommonOps_DDRM.elementMult(hidden, gates, hidden);
    hidden.reshape(n, k);
    CommonOps_DDRM.mult(hidden, a, residuals);
    CommonOps_DDRM.subtractEquals(residuals, labels);
    CommonOps_DDRM.multTransA(hidden, residuals, weightSum);

    CommonOps_DDRM.multTransB(residuals, a, outer);
    outer.reshape(n * k, 1);
    CommonOps_DDRM.elementMult(outer, gates, outer);
    CommonOps_DDRM.multTransA(patches, outer, filterSum);

    sums.addSquares(CommonOps_DDRM.dot(residuals, residuals));
    sums.addFilter(filterSum.data);
    sums.addWeights(weightSum.data);
    hidden.reshape(n * k, 1);
  }
}
