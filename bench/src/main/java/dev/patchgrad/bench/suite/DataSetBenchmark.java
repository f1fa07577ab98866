package dev.patchgrad.bench.suite;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.FileProblem;
import dev.patchgrad.bench.problem.GradientProblem;
import dev.patchgrad.bench.problem.ReadyFile;
import dev.patchgrad.bench.problem.ReadyGradient;
import java.io.IOException;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A gradient over a file that is larger than a batch may be, and what bounds it: reading the file
 * on one thread, by the system's calls or from mapped memory, and the same kernel over a batch in
 * DRAM.
 *
 * <p>The file is made as a fork begins and deleted as it ends. It has just been written, so that it
 * comes from the page cache and not from the disk. Not part of the default run.
 */
@Fork(2)
@Warmup(time = 1)
@Measurement(time = 2)
public class DataSetBenchmark extends Suite {
  /** Precision of the file. */
  @Param({"double", "float"})
  public String precision = "";

  /** Dimension of a patch. */
  @Param({"8", "64"})
  public int p;

  /** Patches of a sample. */
  @Param("16")
  public int k;

  /** Name of the kernel. */
  @Param(KernelSets.CONTENDERS)
  public String kernel = "";

  /** Bytes of the file's patches. */
  @Param("4GiB")
  public String size = "";

  /** Threads that read and calculate. */
  @Param({"1", "2"})
  public int threads;

  private ReadyFile file;
  private ReadyGradient inMemory;

  /** A state without parameters: JMH sets them, then calls {@link #setUp}. */
  public DataSetBenchmark() {}

  /**
   * Makes the file, and holds its gradient against that of the batch which it repeats.
   *
   * @throws BadParametersException if a parameter is bad
   * @throws IOException if the file cannot be written or read
   * @throws IllegalStateException if the gradients differ
   */
  @Setup
  public void setUp() throws BadParametersException, IOException {
    Map<String, String> params = GradientProblem.params(precision, p, k, kernel, "DRAM");
    params.put("size", size);
    FileProblem problem = FileProblem.check(params);
    file = new ReadyFile(problem, kernel, threads);
    inMemory = new ReadyGradient(problem.part(), problem.part().kernel(kernel));
    double loss = gradient();
    double expected = kernel();
    // The same samples, a whole number of times, in sums of other lengths.
    if (!(Math.abs(loss - expected) <= 1e-5 * expected)) {
      throw new IllegalStateException("loss " + loss + " of the file; expected " + expected);
    }
  }

  /**
   * Deletes the file.
   *
   * @throws IOException if it cannot be closed or deleted
   */
  @TearDown
  public void tearDown() throws IOException {
    file.close();
  }

  /**
   * One gradient over the whole file.
   *
   * @return the loss
   */
  @Benchmark
  public double gradient() {
    return file.evaluate();
  }

  /**
   * One reading of the whole file by the system's calls, into the cache.
   *
   * @return bytes
   * @throws IOException if it cannot be read
   */
  @Benchmark
  public long read() throws IOException {
    return file.read();
  }

  /**
   * One copy of the whole file from the memory that it is mapped to, into the cache.
   *
   * @return what keeps the copies alive
   */
  @Benchmark
  public long copy() {
    return file.copy();
  }

  /**
   * One gradient of a batch in DRAM, which the file has many times.
   *
   * @return the loss
   */
  @Benchmark
  public double kernel() {
    return inMemory.evaluate();
  }
}
