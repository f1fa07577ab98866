package dev.patchgrad.bench;

import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;

/**
 * A gradient in float by four products of a library, and two loops between them.
 *
 * <p>Z is a matrix [n k][p], relu(Z w) one of n rows and k columns; every array is made once for a
 * batch and reused.
 */
abstract class FloatPeer extends PeerKernel {
  /** Z, row-major [n k][p]. */
  float[] patches = {};

  /** The filter w [p]. */
  float[] w = {};

  /** The output weights a [k]. */
  float[] a = {};

  /** [n][k]: Z w, then relu(Z w), then what each patch adds to the filter's gradient. */
  float[] hidden = {};

  /** Residuals [n]. */
  float[] residuals = {};

  /** Z^T of the last hidden [p]. */
  float[] filterSum = {};

  /** relu(Z w)^T of the residuals [k]. */
  float[] weightSum = {};

  FloatPeer(String name) {
    super(name, Precision.FLOAT);
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
    patches = ((FloatBatch) batch).patches();
    if (batch.offset() != 0 || patches.length != batch.n() * batch.k() * batch.p()) {
      throw new IllegalArgumentException("batch: a part of an array given; expected all of one");
    }
    w = new float[batch.p()];
    a = new float[batch.k()];
    hidden = new float[batch.n() * batch.k()];
    residuals = new float[batch.n()];
    filterSum = new float[batch.p()];
    weightSum = new float[batch.k()];
    bind();
  }

  @Override
  final double accumulate(PatchBatch batch, double[] filter, double[] weights) {
    for (int c = 0; c < w.length; c++) {
      w[c] = (float) filter[c];
    }
    for (int j = 0; j < a.length; j++) {
      a[j] = (float) weights[j];
    }
    multiplyPatches();
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = Math.max(hidden[i], 0);
    }
    multiplyHidden();
    float[] labels = ((FloatBatch) batch).labels();
    double squares = 0;
    for (int i = 0; i < residuals.length; i++) {
      residuals[i] -= labels[i];
      squares += (double) residuals[i] * residuals[i];
    }
    sumWeights();
    int k = a.length;
    for (int i = 0; i < residuals.length; i++) {
      float residual = residuals[i];
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
