package dev.patchgrad.population;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Eigenvalues by EJML: a class of its own, since it cannot be loaded where EJML is missing. */
final class SymmetricEigenvalues {
  private SymmetricEigenvalues() {}

  /**
   * Those of a symmetric matrix.
   *
   * @return [n] of a matrix [n][n], ascending
   * @throws ArithmeticException if the iteration does not converge
   */
  static double[] of(double[][] symmetric) {
    DMatrixRMaj matrix = new DMatrixRMaj(symmetric);
    EigenDecomposition_F64<DMatrixRMaj> decomposition =
        DecompositionFactory_DDRM.eig(matrix.numRows, false, true);
    if (!decomposition.decompose(matrix)) {
      throw new ArithmeticException("the Hessian's eigenvalue iteration did not converge");
    }
    double[] eigenvalues = new double[matrix.numRows];
    for (int i = 0; i < eigenvalues.length; i++) {
      eigenvalues[i] = decomposition.getEigenvalue(i).getReal();
    }
    Arrays.sort(eigenvalues);
    return eigenvalues;
  }
}
