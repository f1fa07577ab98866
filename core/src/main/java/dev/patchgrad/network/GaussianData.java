package dev.patchgrad.network;

import dev.patchgrad.internal.Checks;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Gaussian patches labelled by a teacher: Z_ij ~ N(0, I_p), y_i = f(Z_i; w*, a*), without noise.
 *
 * <p>Each size is said by its name: {@code GaussianData.of(teacher).n(1000).seed(42).batch(
 * Precision.DOUBLE)}. Each block of samples has a generator of its own, split off in order, so that
 * a seed gives the same bits with any number of threads, in both precisions up to rounding.
 *
 * <p>Immutable, and safe for use by several threads: it says which data, and holds none.
 */
public final class GaussianData {
  /** Samples that share a generator. Part of what a seed means: a change gives other data. */
  private static final int BLOCK = 256;

  private final Teacher teacher;
  private final int n;
  private final long seed;

  private GaussianData(Teacher teacher, int n, long seed) {
    this.teacher = teacher;
    this.n = n;
    this.seed = seed;
  }

  /**
   * Data of a teacher, whose n is still to be said.
   *
   * @param teacher gives k, p and the labels
   * @return the data of seed 0
   */
  public static GaussianData of(Teacher teacher) {
    return new GaussianData(teacher, 0, 0);
  }

  /**
   * Says how many samples there are.
   *
   * @param samples n, at least 1
   * @return the same data with this n: of two numbers the smaller one's are the first of the
   *     other's
   */
  public GaussianData n(int samples) {
    return new GaussianData(teacher, samples, seed);
  }

  /**
   * Says which of all such data.
   *
   * @param number any
   * @return other data, the same for the same number
   */
  public GaussianData seed(long number) {
    return new GaussianData(teacher, n, number);
  }

  /**
   * A row-major batch.
   *
   * @param precision of the elements
   * @return a new batch
   * @throws IllegalArgumentException if n is below 1 or was not said, or n * k * p is longer than a
   *     Java array, or the teacher's labels are beyond the precision's range
   */
  public PatchBatch batch(Precision precision) {
    return switch (precision) {
      case DOUBLE -> doubles();
      case FLOAT -> floats();
    };
  }

  /**
   * A row-major batch of type double.
   *
   * @return a new batch
   * @throws IllegalArgumentException as {@link #batch} does
   */
  public DoubleBatch doubles() {
    double[] patches = new double[Layout.ROW_MAJOR.arrayLength(n, teacher.k(), teacher.p())];
    double[] labels = new double[n];
    fill(
        (i, sample, label) -> {
          System.arraycopy(sample, 0, patches, i * sample.length, sample.length);
          labels[i] = label.of(sample);
        });
    requireLabels(i -> labels[i], Double.MIN_NORMAL);
    return DoubleBatch.trusted(n, teacher.k(), teacher.p(), patches, labels);
  }

  /**
   * A row-major batch of type float; the labels are those of the rounded patches.
   *
   * @return a new batch
   * @throws IllegalArgumentException as {@link #batch} does
   */
  public FloatBatch floats() {
    float[] patches = new float[Layout.ROW_MAJOR.arrayLength(n, teacher.k(), teacher.p())];
    float[] labels = new float[n];
    fill(
        (i, sample, label) -> {
          int base = i * sample.length;
          for (int c = 0; c < sample.length; c++) {
            patches[base + c] = (float) sample[c];
            sample[c] = patches[base + c];
          }
          labels[i] = (float) label.of(sample);
        });
    requireLabels(i -> labels[i], Float.MIN_NORMAL);
    return FloatBatch.trusted(n, teacher.k(), teacher.p(), patches, labels);
  }

  /**
   * Refuses a teacher whose labels overflowed, or would lose digits to subnormal numbers: those a
   * thousand times smaller than |w*| |a*| still have all of theirs.
   */
  private void requireLabels(IntToDoubleFunction label, double leastNormal) {
    boolean areFinite = true;
    for (int i = 0; i < n; i++) {
      areFinite &= Double.isFinite(label.applyAsDouble(i));
    }
    double weights = Checks.norm(teacher.a());
    double scale = Checks.norm(teacher.w()) * weights;
    if (!areFinite || (weights > 0 && scale < 1000 * leastNormal)) {
      throw new IllegalArgumentException(
          "teacher: |w*| |a*| = "
              + scale
              + " given; expected a teacher whose labels are within the range of their precision,"
              + " whose normal numbers begin at "
              + leastNormal);
    }
  }

  private interface Label {
    double of(double[] sample);
  }

  private interface Sink {
    void accept(int i, double[] sample, Label label);
  }

  private void fill(Sink sink) {
    double[] w = teacher.w();
    double[] a = teacher.a();
    Label label = sample -> output(sample, w, a);
    int blocks = (int) ((n + (long) BLOCK - 1) / BLOCK);
    SplittableRandom root = new SplittableRandom(seed);
    SplittableRandom[] generators = new SplittableRandom[blocks];
    for (int block = 0; block < blocks; block++) {
      generators[block] = root.split();
    }
    IntStream.range(0, blocks)
        .parallel()
        .forEach(
            block -> {
              RandomGenerator generator = generators[block];
              double[] sample = new double[a.length * w.length];
              int end = (int) Math.min(n, (block + 1L) * BLOCK);
              for (int i = block * BLOCK; i < end; i++) {
                for (int c = 0; c < sample.length; c++) {
                  sample[c] = generator.nextGaussian();
                }
                sink.accept(i, sample, label);
              }
            });
  }

  private static double output(double[] sample, double[] w, double[] a) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double dot = 0;
      for (int c = 0; c < w.length; c++) {
        dot += w[c] * sample[j * w.length + c];
      }
      sum += a[j] * Math.max(dot, 0);
    }
    return sum;
  }

  @Override
  public String toString() {
    return "GaussianData[n="
        + n
        + ", k="
        + teacher.k()
        + ", p="
        + teacher.p()
        + ", seed="
        + seed
        + "]";
  }
}
