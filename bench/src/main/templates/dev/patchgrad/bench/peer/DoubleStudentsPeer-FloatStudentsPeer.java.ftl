package dev.patchgrad.bench.peer;

import dev.patchgrad.network.${Type}Batch;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.util.Arrays;
import java.util.List;

/** The gradients of many students in ${type}: their parameters and sums, a student in each column. */
abstract class ${Type}StudentsPeer extends StudentsPeer {
  /** Coordinates that are moved for all students before the next ones: their lines stay in L1. */
  private static final int COORDINATES = 64;

  private double[] norms = {};
  private double[] radial = {};

  /** Row-major [n][k][p]. */
  ${type}[] patches = {};

  /** [n]. */
  ${type}[] labels = {};

  /** Columns of a row: at least one a student; zeros in those without one. */
  int stride;

  /** Filters [p][stride]. */
  ${type}[] w = {};

  /** Output weights [k][stride]. */
  ${type}[] a = {};

  /** [p][stride]: of each student sum_i r_i sum_j a_j Z_ij over the patches whose gate is open. */
  double[] filterSum = {};

  /** [k][stride]: of each student sum_i r_i relu(w^T Z_ij). */
  double[] weightSum = {};

  /** Sums of squared residuals [stride]. */
  double[] squares = {};

  int n;
  int k;
  int p;

  /** R. */
  int students;

  ${Type}StudentsPeer(String name, String resolved) {
    super(name, Precision.${TYPE}, resolved);
  }

  /** How many columns a row has for so many students. */
  abstract int stride(int students);

  /** Called when the arrays are other ones. */
  abstract void bind();

  @Override
  final void bind(PatchBatch batch, int count) {
    ${Type}Batch typed = (${Type}Batch) batch;
    n = batch.n();
    k = batch.k();
    p = batch.p();
    if (batch.offset() != 0 || typed.patches().length != n * k * p) {
      throw new IllegalArgumentException("batch: a part of an array given; expected all of one");
    }
    patches = typed.patches();
    labels = typed.labels();
    students = count;
    stride = stride(count);
    norms = new double[count];
    radial = new double[stride];
    w = new ${type}[p * stride];
    a = new ${type}[k * stride];
    filterSum = new double[p * stride];
    weightSum = new double[k * stride];
    squares = new double[stride];
    bind();
  }

  @Override
  final void place(List<Student> all) {
    for (int r = 0; r < students; r++) {
      double square = 0;
      for (double element : all.get(r).v()) {
        square += element * element;
      }
      norms[r] = Math.sqrt(square);
    }
    for (int from = 0; from < p; from += COORDINATES) {
      int to = Math.min(p, from + COORDINATES);
      for (int r = 0; r < students; r++) {
        double[] v = all.get(r).v();
        double factor = 1 / norms[r];
        for (int c = from; c < to; c++) {
          w[c * stride + r] = ${(type == "float")?then("(float) (v[c] * factor)", "v[c] * factor")};
        }
      }
    }
    for (int r = 0; r < students; r++) {
      double[] weights = all.get(r).a();
      for (int j = 0; j < k; j++) {
        a[j * stride + r] = ${(type == "float")?then("(float) ", "")}weights[j];
      }
    }
  }

  @Override
  final void finish(List<Gradient> out) {
    Arrays.fill(radial, 0);
    for (int c = 0; c < p; c++) {
      for (int r = 0; r < stride; r++) {
        radial[r] += w[c * stride + r] * filterSum[c * stride + r];
      }
    }
    for (int from = 0; from < p; from += COORDINATES) {
      int to = Math.min(p, from + COORDINATES);
      for (int r = 0; r < students; r++) {
        double[] dv = out.get(r).dv();
        double factor = 1 / (n * norms[r]);
        for (int c = from; c < to; c++) {
          dv[c] = (filterSum[c * stride + r] - radial[r] * w[c * stride + r]) * factor;
        }
      }
    }
    for (int r = 0; r < students; r++) {
      double[] da = out.get(r).da();
      for (int j = 0; j < k; j++) {
        da[j] = weightSum[j * stride + r] / n;
      }
      out.get(r).loss(squares[r] / (2.0 * n));
    }
  }
}
