package dev.patchgrad.bench.peer;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.network.Precision;

/**
 * The gradient by ojAlgo's matrices over the batch's own arrays, made once for a batch. Its stores
 * are column-major, so a row-major [n k][p] is its matrix of p rows; products of two stores take
 * its shortest path.
 */
final class OjalgoPeers {
  static final String NAME = "ojalgo";

  private OjalgoPeers() {}

  /** ojAlgo's stores of a precision. */
  static GradientKernel create(Precision precision) {
    return switch (precision) {
      case DOUBLE -> new DoubleOjalgo();
      case FLOAT -> new FloatOjalgo();
    };
  }
}
