package dev.patchgrad.bench.suite;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.GradientProblem;
import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * What a kernel's own layout costs once: a row-major batch converted to it, beside a plain copy of
 * the same elements, which no conversion beats, and beside the new array alone, which is most of
 * the cost of a small batch where it is stretched to lie on cache lines.
 *
 * <p>All three include the new array, as a user pays for it. Not part of the default run.
 */
public class ConversionBenchmark extends Suite {
  /** Precision of the batch. */
  @Param({"double", "float"})
  public String precision = "";

  /** Dimension of a patch. */
  @Param({"8", "64", "100", "512"})
  public int p;

  /** Patches of a sample. */
  @Param("16")
  public int k;

  /** Level of memory that the batch fills: L1, L2, L3, DRAM, or a size such as 64KiB. */
  @Param({"L2", "L3"})
  public String level = "";

  /** Name of the kernel whose layout is wanted: those that do not read row-major batches. */
  @Param(KernelSets.CONVERTED)
  public String kernel = "";

  private PatchBatch batch;
  private Layout layout;
  private int length;

  /** A state without parameters: JMH sets them, then calls {@link #setUp}. */
  public ConversionBenchmark() {}

  /**
   * Makes the batch, and checks that a conversion there and back gives its elements.
   *
   * @throws BadParametersException if a parameter is bad
   * @throws IllegalStateException if an element changed
   */
  @Setup
  public void setUp() throws BadParametersException {
    GradientProblem problem =
        GradientProblem.check(GradientProblem.params(precision, p, k, kernel, level));
    batch = problem.batch();
    layout = problem.kernel(kernel).layout();
    PatchBatch converted = convert();
    length =
        switch (converted) {
          case DoubleBatch doubles -> doubles.patches().length;
          case FloatBatch floats -> floats.patches().length;
        };
    PatchBatch back = converted.toLayout(Layout.ROW_MAJOR);
    for (int i = 0; i < batch.n(); i += Math.max(1, batch.n() / 64)) {
      for (int j = 0; j < k; j++) {
        for (int c = 0; c < p; c++) {
          if (back.patch(i, j, c) != batch.patch(i, j, c)) {
            throw new IllegalStateException(
                "patch " + i + ", " + j + ", " + c + " changed on its way to " + layout);
          }
        }
      }
    }
  }

  /**
   * One conversion.
   *
   * @return the converted batch
   */
  @Benchmark
  public PatchBatch convert() {
    return batch.toLayout(layout);
  }

  /**
   * One copy of the same elements.
   *
   * @return the copied elements
   */
  @Benchmark
  public Object copy() {
    return switch (batch) {
      case DoubleBatch doubles -> doubles.patches().clone();
      case FloatBatch floats -> floats.patches().clone();
    };
  }

  /**
   * One new array, of the length that a converted batch has.
   *
   * @return the array
   */
  @Benchmark
  public Object array() {
    return switch (batch) {
      case DoubleBatch doubles -> new double[length];
      case FloatBatch floats -> new float[length];
    };
  }
}
