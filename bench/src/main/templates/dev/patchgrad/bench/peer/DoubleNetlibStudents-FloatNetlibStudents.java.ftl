package dev.patchgrad.bench.peer;

import dev.ludovic.netlib.blas.BLAS;

/** netlib's gemm in ${type}: a row-major matrix is BLAS's transposed one, column-major. */
final class ${Type}NetlibStudents extends ${Type}ProductStudents {
  private final BLAS blas;

  ${Type}NetlibStudents(String name, BLAS blas, String resolved) {
    super(name, resolved, true);
    this.blas = blas;
  }

  @Override
  void bind(int patchesOfBlock) {
    // BLAS takes the arrays as they are.
  }

  @Override
  void multiplyFilters(int first, int count) {
    blas.${blas}gemm(
        "N", "N", students, count, p, 1, w, 0, stride, patches, first * p, p, 0, hidden, 0, stride);
  }

  @Override
  void sumFilters(int first, int count, boolean add) {
    blas.${blas}gemm(
        "N", "T", students, p, count, 1, hidden, 0, stride, patches, first * p, p, add ? 1 : 0,
        filters, 0, stride);
  }
}
