package dev.patchgrad.bench.problem;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.reports.run.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What is computed in a cell, whichever kernel does it: the batch, generated so that it fills a
 * level of memory or the user's own, and the student whose gradient is wanted.
 *
 * @param precision of the batch
 * @param p dimension of a patch
 * @param k patches of a sample
 * @param n samples
 * @param own the user's batch; empty where it is generated
 */
public record GradientProblem(Precision precision, int p, int k, int n, Optional<OwnBatch> own) {
  /** One seed for all runs: a kernel meets the same data on every machine. */
  private static final long SEED = 20180710;

  /**
   * The samples that lie side by side in the widest layout, float in 512 bits: where n is larger it
   * is a multiple, so that no kernel spends time on padding.
   */
  private static final int WIDEST = 16;

  /** A problem whose batch is generated. */
  GradientProblem(Precision precision, int p, int k, int n) {
    this(precision, p, k, n, Optional.empty());
  }

  /**
   * What a suite's fields are to {@link #check(Map)}, as JMH writes them; a suite adds its own.
   *
   * @param precision label of the batch's precision
   * @param p dimension of a patch
   * @param k patches of a sample
   * @param kernel name of the kernel
   * @param level of memory that the batch fills
   * @return by name; may be added to
   */
  public static Map<String, String> params(
      String precision, int p, int k, String kernel, String level) {
    Map<String, String> params = new TreeMap<>();
    params.put("precision", precision);
    params.put("p", Integer.toString(p));
    params.put("k", Integer.toString(k));
    params.put("kernel", kernel);
    params.put("level", level);
    return params;
  }

  /**
   * Reads and checks a cell's parameters, for a kernel, and the memory that this JVM found.
   *
   * @param params precision, p, k, level, kernel; data, where a suite has it
   * @return the problem
   * @throws BadParametersException with a line for each bad parameter
   */
  public static GradientProblem check(Map<String, String> params) throws BadParametersException {
    return check(params, MemoryLevel.of(System.getProperties()), Heap.ofThisJvm());
  }

  /**
   * Reads and checks a cell's parameters, for a kernel and a heap.
   *
   * @param params precision, p, k, level, kernel; data, where a suite has it
   * @param levels of this machine
   * @param heap of this JVM
   * @return the problem
   * @throws BadParametersException with a line for each bad parameter
   */
  static GradientProblem check(Map<String, String> params, MemoryLevel levels, Heap heap)
      throws BadParametersException {
    ParameterReader reader = new ParameterReader(params);
    Precision precision = reader.precision();
    int p = reader.count("p");
    int k = reader.count("k");
    long bytes = reader.check(() -> levels.bytes(reader.text("level")), 1L);
    Layout layout =
        reader.check(
            () -> Kernels.create(reader.text("kernel"), precision).layout(), Layout.ROW_MAJOR);
    Optional<OwnBatch> own =
        reader.check(
            () ->
                OwnBatch.of(
                    params.getOrDefault(Result.DATA, Result.GENERATED), System.getProperties()),
            Optional.empty());
    if (own.isPresent()) {
      OwnBatch batch = own.get();
      reader.check(() -> requireSame("p", p, batch.p()), p);
      reader.check(() -> requireSame("k", k, batch.k()), k);
    }
    int n =
        reader.isSound()
            ? reader.check(
                () -> own.map(OwnBatch::n).orElseGet(() -> samples(bytes, precision, p, k)), 1)
            : 1;
    if (reader.isSound()) {
      reader.check(() -> layout.arrayLength(n, k, p), 1);
    }
    if (reader.isSound()) {
      reader.check(
          () ->
              heap.requireRoom(
                  own.map(batch -> "data: " + batch.patches())
                      .orElseGet(() -> "level: " + reader.text("level")),
                  needed(precision, p, k, n, layout)
                      + own.map(batch -> batch.bytesBeside(precision)).orElse(0.0)),
          0.0);
    }
    reader.requireSound();
    return new GradientProblem(precision, p, k, n, own);
  }

  /**
   * The samples of a batch that takes at most some bytes.
   *
   * @return n, at least 1, even where one sample takes more; a multiple of 16 from there on
   * @throws IllegalArgumentException if n does not fit an int
   */
  static int samples(long bytes, Precision precision, int p, int k) {
    long n = Math.max(1, bytes / ((long) k * p * precision.bytes()));
    if (n > WIDEST) {
      n -= n % WIDEST;
    }
    if (n > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "level: " + bytes + " bytes given; expected at most " + Integer.MAX_VALUE + " samples");
    }
    return (int) n;
  }

  private static int requireSame(String name, int given, int found) {
    if (given != found) {
      throw new IllegalArgumentException(
          name + ": " + given + " given; expected " + found + ", as data says");
    }
    return given;
  }

  /** What the patches take in a layout. */
  long bytes(Layout layout) {
    return layout.storedSamples(n) * k * p * precision.bytes();
  }

  private static double needed(Precision precision, int p, int k, int n, Layout layout) {
    double rowMajor = (double) n * k * p * precision.bytes();
    double converted = (double) layout.storedSamples(n) * k * p * precision.bytes();
    double once = layout.equals(Layout.ROW_MAJOR) ? rowMajor : rowMajor + converted;
    return once + (ReadyGradient.places((long) converted) - 1) * converted;
  }

  /**
   * The batch: Gaussian patches, labelled by a teacher; or the user's own.
   *
   * @return row-major (n, k, p); the same on each call
   */
  public PatchBatch batch() {
    if (own.isPresent()) {
      return own.get().read(precision);
    }
    RandomGenerator random = new SplittableRandom(SEED);
    return GaussianData.of(Teacher.of(gaussian(random, p, p), gaussian(random, k, k)))
        .n(n)
        .seed(SEED)
        .batch(precision);
  }

  /**
   * A student apart from the teacher: of generated patches, it opens half of the gates.
   *
   * @return the same on each call
   */
  public Student student() {
    return student(p, k);
  }

  /**
   * A student apart from the teacher, for patches of any origin.
   *
   * @param p dimension of a patch
   * @param k patches of a sample
   * @return the same on each call
   */
  public static Student student(int p, int k) {
    RandomGenerator random = new SplittableRandom(SEED + 1);
    return Student.weightNormalised(gaussian(random, p, p), gaussian(random, k, k));
  }

  /**
   * Students of random starts.
   *
   * @param count how many
   * @return the same on each call
   */
  public List<Student> students(int count) {
    RandomGenerator random = new SplittableRandom(SEED + 2);
    return Stream.generate(
            () -> Student.weightNormalised(gaussian(random, p, p), gaussian(random, k, k)))
        .limit(count)
        .toList();
  }

  /** Elements of variance 1/scale: the network's output then has about the size of one patch. */
  private static double[] gaussian(RandomGenerator random, int length, int scale) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextGaussian() / Math.sqrt(scale);
    }
    return values;
  }

  /**
   * What one gradient costs.
   *
   * @return operations and bytes
   */
  public GradientCost cost() {
    return GradientCost.of(n, k, p, precision);
  }

  /**
   * The kernel of a name.
   *
   * @param name in the list of kernels
   * @return the kernel, for this problem's precision
   * @throws IllegalStateException if the kernel calls itself something else
   */
  public GradientKernel kernel(String name) {
    GradientKernel kernel = Kernels.create(name, precision);
    if (!kernel.name().equals(name) || kernel.precision() != precision) {
      throw new IllegalStateException(
          "kernel: '"
              + name
              + "' in "
              + precision.label()
              + " asked for; got '"
              + kernel.name()
              + "' in "
              + kernel.precision().label());
    }
    return kernel;
  }
}
