package dev.patchgrad.bench.peer;

import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;

/**
 * A gradient in double by four products of a library, and two loops between them.
 *
 * <p>Z is a matrix [n k][p], relu(Z w) one of n rows and k columns; every array is made once for a
 * batch and reused.
 */
abstract class DoublePeer extends PeerKernel {
  /** Z, row-major [n k][p]. */
  double[] patches = {};

  /** The filter w [p]. */
  double[] w = {};

  /** The output weights a [k]. */
  double[] a = {};

  /** [n][k]: Z w, then relu(Z w), then what each patch adds to the filter's gradient. */
  double[] hidden = {};

  /** Residuals [n]. */
  double[] residuals = {};

  /** Z^T of the last hidden [p]. */
  double[] filterSum = {};

  /** relu(Z w)^T of the residuals [k]. */
  double[] weightSum = {};

  DoublePeer(String name) {
    super(name, Precision.DOUBLE);
  }

  /** Called when the arrays are other ones. */
  abstract void bind();

  /** hidden = Z w. */
  abstract void multiplyPatches();

  /** residuals = hidden a. */
  abstract void multiplyHidden();

  /** weightSum = hidden^T residuals. */
  abstract void sumWeights();

  /** filterSum = Z^T hidden. */
  abstract void sumFilter();

  @Override
  final void bind(PatchBatch batch) {
    patches = ((DoubleBatch) batch).patches();
    if (batch.offset() != 0 || patches.length != batch.n() * batch.k() * batch.p()) {
      throw new IllegalArgumentException("batch: a part of an array given; expected all of one");
    }
    w = new double[batch.p()];
    a = new double[batch.k()];
    hidden = new double[batch.n() * batch.k()];
    residuals = new double[batch.n()];
    filterSum = new double[batch.p()];
    weightSum = new double[batch.k()];
    bind();
  }

  @Override
  final double accumulate(PatchBatch batch) { // whatever the precision
    copyFilter(w);
    copyWeights(a);
    multiplyPatches();
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = Math.max(hidden[i], 0);
    }
    multiplyHidden();
    double[] labels = ((DoubleBatch) batch).labels();
    double squares = 0; // whatever the precision
    for (int i = 0; i < residuals.length; i++) {
      residuals[i] -= labels[i];
      double residual = residuals[i]; // whatever the precision
      squares += residual * residual;
    }
    sumWeights();
    int k = a.length;
    for (int i = 0; i < residuals.length; i++) {
      double residual = residuals[i];
      for (int j = 0; j < k; j++) {
        hidden[i * k + j] = hidden[i * k + j] > 0 ? residual * a[j] : 0;
      }
    }
    sumFilter();
    return squares;
  }

  @Override
  final double filterSum(int c) { // whatever the precision
    return filterSum[c];
  }

  @Override
  final double weightSum(int j) { // whatever the precision
    return weightSum[j];
  }
}
