package dev.patchgrad.bench.peer;

import dev.patchgrad.network.${Type}Batch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;

/**
 * A gradient in ${type} by four products of a library, and two loops between them.
 *
 * <p>Z is a matrix [n k][p], relu(Z w) one of n rows and k columns; every array is made once for a
 * batch and reused.
 */
abstract class ${Type}Peer extends PeerKernel {
  /** Z, row-major [n k][p]. */
  ${type}[] patches = {};

  /** The filter w [p]. */
  ${type}[] w = {};

  /** The output weights a [k]. */
  ${type}[] a = {};

  /** [n][k]: Z w, then relu(Z w), then what each patch adds to the filter's gradient. */
  ${type}[] hidden = {};

  /** Residuals [n]. */
  ${type}[] residuals = {};

  /** Z^T of the last hidden [p]. */
  ${type}[] filterSum = {};

  /** relu(Z w)^T of the residuals [k]. */
  ${type}[] weightSum = {};

  ${Type}Peer(String name) {
    super(name, Precision.${TYPE}, Layout.ROW_MAJOR);
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
    patches = ((${Type}Batch) batch).patches();
    if (batch.offset() != 0 || patches.length != batch.n() * batch.k() * batch.p()) {
      throw new IllegalArgumentException("batch: a part of an array given; expected all of one");
    }
    w = new ${type}[batch.p()];
    a = new ${type}[batch.k()];
    hidden = new ${type}[batch.n() * batch.k()];
    residuals = new ${type}[batch.n()];
    filterSum = new ${type}[batch.p()];
    weightSum = new ${type}[batch.k()];
    bind();
  }

  @Override
  final double accumulate(PatchBatch batch) {
    copyFilter(w);
    copyWeights(a);
    multiplyPatches();
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = Math.max(hidden[i], 0);
    }
    multiplyHidden();
    ${type}[] labels = ((${Type}Batch) batch).labels();
    double squares = 0;
    for (int i = 0; i < residuals.length; i++) {
      residuals[i] -= labels[i];
      double residual = residuals[i];
      squares += residual * residual;
    }
    sumWeights();
    int k = a.length;
    for (int i = 0; i < residuals.length; i++) {
      ${type} residual = residuals[i];
      for (int j = 0; j < k; j++) {
        hidden[i * k + j] = hidden[i * k + j] > 0 ? residual * a[j] : 0;
      }
    }
    sumFilter();
    return squares;
  }

  @Override
  final double filterSum(int c) {
    return filterSum[c];
  }

  @Override
  final double weightSum(int j) {
    return weightSum[j];
  }
}
