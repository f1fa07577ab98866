package dev.patchgrad.bench.problem;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;

/**
 * Holds a gradient against that of the scalar kernel in double, within a bound on the rounding of
 * this batch: nothing is timed that computes something else.
 *
 * <p>The bound follows each rounding from the inner product to the result, with the batch's own
 * magnitudes. A sum of m rounded terms is off by at most min(m, 8 sqrt(m)) u times the sum of their
 * magnitudes: the first always; the second unless chance fails once in 10^13 sums (Higham and Mary,
 * SIAM J. Sci. Comput. 41(5), 2019, theorem 2.4, lambda = 8). Where an inner product is so near to
 * 0 that rounding may open or close its gate, the whole patch counts as an error.
 *
 * <p>The core's tests hold kernels on small batches to the worst case, m u. Over a million patches
 * in float that would let 6 % of the sum of magnitudes pass: too much for this check.
 */
public final class AgreementCheck {
  /** Elements that are converted to double at a time: the check of a large batch needs no other. */
  private static final int BLOCK = 1 << 20;

  private final Precision precision;
  private final int n;
  private final int k;
  private final int p;
  private final Student student;
  private final double[] w;
  private final double norm;

  private double loss;
  private final double[] dv;
  private final double[] da;
  private double lossError;
  private final double[] filterError;
  private final double[] daError;

  private AgreementCheck(PatchBatch batch, Student student) {
    this.precision = batch.precision();
    this.n = batch.n();
    this.k = batch.k();
    this.p = batch.p();
    this.student = student;
    this.w = new double[p];
    this.norm = student.filter(w);
    this.dv = new double[p];
    this.da = new double[k];
    this.filterError = new double[p];
    this.daError = new double[k];
  }

  /**
   * Refuses a gradient that rounding does not explain.
   *
   * @param kernel that computed it
   * @param batch row-major; the kernel may have read it in another layout
   * @param student of the batch's k and p
   * @param actual what the kernel computed
   * @throws IllegalStateException naming the first component that differs by more
   */
  public static void require(
      GradientKernel kernel, PatchBatch batch, Student student, Gradient actual) {
    require(kernel.name(), batch, student, actual);
  }

  /**
   * Refuses a gradient that is farther from the scalar kernel's than rounding explains.
   *
   * @param kernel name of what computed it
   * @param batch row-major; the kernel may have read it in another layout
   * @param student of the batch's k and p
   * @param actual what the kernel computed
   * @throws IllegalStateException naming the first component that differs by more
   */
  public static void require(String kernel, PatchBatch batch, Student student, Gradient actual) {
    AgreementCheck agreement = new AgreementCheck(batch, student);
    agreement.compute(batch);
    agreement.compare(kernel, actual);
  }

  private void compute(PatchBatch batch) {
    GradientKernel scalar = Kernels.create("scalar", Precision.DOUBLE);
    Gradient part = Gradient.of(student);
    int samples = Math.max(1, BLOCK / Math.max(1, k * p));
    for (int from = 0; from < n; from += samples) {
      int to = Math.min(n, from + samples);
      double[] patches = patches(batch, from, to);
      double[] labels = labels(batch, from, to);
      scalar.evaluate(DoubleBatch.wrap(patches, labels).k(k).p(p), student, part);
      double share = (double) (to - from) / n;
      loss += share * part.loss();
      for (int c = 0; c < p; c++) {
        dv[c] += share * part.dv()[c];
      }
      for (int j = 0; j < k; j++) {
        da[j] += share * part.da()[j];
      }
      addErrors(patches, labels);
    }
  }

  private double[] patches(PatchBatch batch, int from, int to) {
    int length = k * p;
    double[] copy = new double[(to - from) * length];
    if (batch instanceof DoubleBatch doubles) {
      System.arraycopy(doubles.patches(), batch.offset() + from * length, copy, 0, copy.length);
    } else if (batch instanceof FloatBatch floats) {
      float[] source = floats.patches();
      int first = batch.offset() + from * length;
      for (int i = 0; i < copy.length; i++) {
        copy[i] = source[first + i];
      }
    }
    return copy;
  }

  private static double[] labels(PatchBatch batch, int from, int to) {
    double[] labels = new double[to - from];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = batch.label(from + i);
    }
    return labels;
  }

  /** The rounding of a sum of m terms, relative to the sum of their magnitudes. */
  private double rounding(double terms) {
    // The kernel rounds in its precision, the reference in double.
    double unit = (precision == Precision.FLOAT ? 0x1p-24 : 0x1p-53) + 0x1p-53;
    return Math.min(terms, 8 * Math.sqrt(terms)) * unit;
  }

  private void addErrors(double[] patches, double[] labels) {
    double[] a = student.a();
    double[] hidden = new double[k];
    double[] hiddenError = new double[k];
    boolean[] uncertain = new boolean[k];
    // p terms, and one each for the roundings of w, of v's norm and of relu's argument.
    double ofDot = rounding(p + 3.0);
    double ofOutput = rounding(k + 2.0);
    double ofSamples = rounding(n + 4.0);
    // Some kernels sum n k patches, one after the other; then comes the projection, p terms more.
    double ofPatches = rounding((double) n * k + p + 16);
    for (int i = 0; i < labels.length; i++) {
      double output = 0;
      double outputError = 0;
      for (int j = 0; j < k; j++) {
        int base = (i * k + j) * p;
        double dot = 0;
        double magnitude = 0;
        for (int c = 0; c < p; c++) {
          double term = w[c] * patches[base + c];
          dot += term;
          magnitude += Math.abs(term);
        }
        double error = ofDot * magnitude;
        uncertain[j] = Math.abs(dot) <= error;
        hidden[j] = Math.max(dot, 0);
        hiddenError[j] = dot > -error ? error : 0;
        output += a[j] * hidden[j];
        outputError += Math.abs(a[j]) * (hiddenError[j] + ofOutput * hidden[j]);
      }
      double residual = Math.abs(output - labels[i]);
      double residualError = outputError + rounding(2) * (Math.abs(output) + Math.abs(labels[i]));
      lossError += (2 * residual + residualError) * residualError + ofSamples * residual * residual;
      for (int j = 0; j < k; j++) {
        if (hiddenError[j] == 0) {
          continue; // closed, whatever the rounding
        }
        daError[j] +=
            residualError * hidden[j]
                + (residual + residualError) * hiddenError[j]
                + ofSamples * residual * hidden[j];
        double scale =
            Math.abs(a[j]) * (residualError + (uncertain[j] ? residual : 0) + ofPatches * residual);
        int base = (i * k + j) * p;
        for (int c = 0; c < p; c++) {
          filterError[c] += scale * Math.abs(patches[base + c]);
        }
      }
    }
  }

  private void compare(String kernel, Gradient actual) {
    requireNear(kernel, "loss", actual.loss(), loss, lossError / (2.0 * n));
    for (int j = 0; j < k; j++) {
      requireNear(kernel, "da[" + j + "]", actual.da()[j], da[j], daError[j] / n);
    }
    double radial = 0;
    for (int c = 0; c < p; c++) {
      radial += Math.abs(w[c]) * filterError[c];
    }
    for (int c = 0; c < p; c++) {
      // Twice: the sum's error, and the projection's own, which is no larger.
      double error = 2 * (filterError[c] + Math.abs(w[c]) * radial) / (n * norm);
      requireNear(kernel, "dv[" + c + "]", actual.dv()[c], dv[c], error);
    }
  }

  private void requireNear(
      String kernel, String name, double actual, double expected, double bound) {
    // A NaN compares false.
    if (!(Math.abs(actual - expected) <= bound)) {
      throw new IllegalStateException(
          "kernel '"
              + kernel
              + "' in "
              + precision.label()
              + " disagrees with the scalar kernel in double: "
              + name
              + " = "
              + actual
              + "; expected "
              + expected
              + " within "
              + bound);
    }
  }
}
