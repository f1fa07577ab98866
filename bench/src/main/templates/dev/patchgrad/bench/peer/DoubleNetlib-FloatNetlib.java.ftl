package dev.patchgrad.bench.peer;

import dev.ludovic.netlib.blas.BLAS;

/** netlib's gemv in ${type}: a row-major matrix is BLAS's transposed one, column-major. */
final class ${Type}Netlib extends ${Type}Peer {
  private final BLAS blas;
  private final String resolved;

  ${Type}Netlib(String name, BLAS blas, String resolved) {
    super(name);
    this.blas = blas;
    this.resolved = resolved;
  }

  @Override
  public String resolved() {
    return resolved;
  }

  @Override
  void bind() {
    // BLAS takes the arrays as they are.
  }

  @Override
  void multiplyPatches() {
    blas.${blas}gemv("T", w.length, hidden.length, 1, patches, w.length, w, 1, 0, hidden, 1);
  }

  @Override
  void multiplyHidden() {
    blas.${blas}gemv("T", a.length, residuals.length, 1, hidden, a.length, a, 1, 0, residuals, 1);
  }

  @Override
  void sumWeights() {
    blas.${blas}gemv("N", a.length, residuals.length, 1, hidden, a.length, residuals, 1, 0, weightSum, 1);
  }

  @Override
  void sumFilter() {
    blas.${blas}gemv("N", w.length, hidden.length, 1, patches, w.length, hidden, 1, 0, filterSum, 1);
  }
}
