package dev.patchgrad.bench.problem;

import dev.patchgrad.descent.GradientDescent;
import dev.patchgrad.descent.Objective;
import dev.patchgrad.descent.StopRule;
import dev.patchgrad.internal.Checks;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A teacher that is to be recovered from n samples: the same start and step size for every kernel,
 * so that all take the same iterations but for rounding.
 *
 * <p>The start is one of the good ones, as a sign flip gives it: 80 degrees off, with weights that
 * agree a little. What restarts cost on top is a matter of probability, not of kernels.
 *
 * @param precision of the batch
 * @param p dimension of a patch
 * @param k patches of a sample
 * @param n samples
 * @param miniBatch samples of a mini-batch; n for the whole batch in each iteration
 */
public record RecoveryProblem(Precision precision, int p, int k, int n, int miniBatch) {
  /** |w - w*| of the unit filters at which the teacher counts as recovered. */
  static final double DISTANCE = 1e-3;

  private static final long SEED = 20180710;
  private static final double START_DEGREES = 80;

  /** A run that has not come there by then is stuck, which is a failure and no measurement. */
  private static final int MOST_ITERATIONS = 20_000;

  /**
   * Reads and checks a cell's parameters, for a kernel and a heap.
   *
   * @param params precision, p, k, n, miniBatch, kernel
   * @param heap of this JVM
   * @return the problem
   * @throws BadParametersException with a line for each bad parameter
   */
  public static RecoveryProblem check(Map<String, String> params, Heap heap)
      throws BadParametersException {
    ParameterReader reader = new ParameterReader(params);
    Precision precision = reader.precision();
    int p = reader.count("p");
    int k = reader.count("k");
    int n = reader.count("n");
    int miniBatch =
        reader.text("miniBatch").equals("all")
            ? n
            : reader.check(() -> requireAtMost(n, reader.count("miniBatch")), n);
    Layout layout =
        reader.check(
            () -> Kernels.create(reader.text("kernel"), precision).layout(), Layout.ROW_MAJOR);
    if (reader.isSound()) {
      reader.check(() -> layout.arrayLength(n, k, p), 1);
    }
    if (reader.isSound()) {
      reader.check(() -> requireLanes(n, miniBatch, layout), 1);
      // Row-major and converted, and the rest for JMH.
      reader.check(
          () -> heap.requireRoom("n: the batch", 2.0 * n * k * p * precision.bytes()), 0.0);
    }
    reader.requireSound();
    return new RecoveryProblem(precision, p, k, n, miniBatch);
  }

  private static int requireAtMost(int n, int miniBatch) {
    if (miniBatch > n) {
      throw new IllegalArgumentException(
          "miniBatch: " + miniBatch + " given; expected at most n = " + n + ", or all");
    }
    return miniBatch;
  }

  private static int requireLanes(int n, int miniBatch, Layout layout) {
    if (miniBatch % layout.lanes() != 0 && miniBatch != n) {
      throw new IllegalArgumentException(
          "miniBatch: "
              + miniBatch
              + " given; expected a multiple of "
              + layout.lanes()
              + ", which lie side by side in layout "
              + layout);
    }
    return miniBatch;
  }

  /** |w*| = |a*| = 1, and weights of which some disagree: (1^T a*)^2 is about k/2. */
  Teacher teacher() {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] w = random.doubles(p).map(ignored -> random.nextGaussian()).toArray();
    double[] a = random.doubles(k).map(ignored -> 1 + random.nextGaussian()).toArray();
    normalise(w);
    normalise(a);
    return Teacher.of(w, a);
  }

  /**
   * The batch, labelled by the teacher.
   *
   * @return row-major (n, k, p); the same on each call
   */
  public PatchBatch batch() {
    return GaussianData.of(teacher()).n(n).seed(SEED).batch(precision);
  }

  /**
   * Where the descent starts.
   *
   * @return a student 80 degrees from the teacher; the same on each call
   */
  public Student start() {
    Teacher teacher = teacher();
    double[] w = teacher.w();
    double[] v = new double[p];
    // A direction orthogonal to w*, which p = 1 has not.
    SplittableRandom random = new SplittableRandom(SEED + 1);
    Arrays.setAll(v, c -> random.nextGaussian());
    double along = 0;
    for (int c = 0; c < p; c++) {
      along += v[c] * w[c];
    }
    for (int c = 0; c < p; c++) {
      v[c] -= along * w[c];
    }
    if (p > 1) {
      normalise(v);
    }
    double angle = Math.toRadians(START_DEGREES);
    for (int c = 0; c < p; c++) {
      v[c] = Math.cos(angle) * w[c] + (p > 1 ? Math.sin(angle) * v[c] : 0);
    }
    double[] a = teacher.a();
    Arrays.setAll(a, j -> a[j] / 10);
    return Student.weightNormalised(v, a);
  }

  /**
   * The descent by a kernel.
   *
   * @param kernel that computes the gradients
   * @param batch of this problem, in the kernel's layout
   * @return the descent, which ends when the teacher is recovered
   */
  public GradientDescent descent(GradientKernel kernel, PatchBatch batch) {
    Objective objective =
        miniBatch == n
            ? Objective.batch(kernel, batch)
            : Objective.miniBatches(
                kernel, Objective.cut(batch, miniBatch), new SplittableRandom(SEED));
    return GradientDescent.of(objective.labelledBy(teacher()), StopRule.filterWithin(DISTANCE))
        .mostIterations(MOST_ITERATIONS);
  }

  private static void normalise(double[] values) {
    double norm = Checks.norm(values);
    Arrays.setAll(values, i -> values[i] / norm);
  }
}
