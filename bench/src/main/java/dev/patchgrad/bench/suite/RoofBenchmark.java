package dev.patchgrad.bench.suite;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.Heap;
import dev.patchgrad.bench.problem.MemoryLevel;
import dev.patchgrad.bench.roof.DoubleFmaLoops;
import dev.patchgrad.bench.roof.FloatFmaLoops;
import dev.patchgrad.bench.roof.FmaRoof;
import dev.patchgrad.bench.roof.ReadLoops;
import dev.patchgrad.bench.roof.ReadRoof;
import dev.patchgrad.network.Precision;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What this machine allows at most, as this JVM's own vector code reaches it: fused multiply-adds,
 * and reading a level of memory.
 *
 * <p>The default run measures the widest vectors, and reading at the level of its batches; by name
 * this suite sweeps all vector sizes and working sets, on one thread and on all. The numerators of
 * GFLOP/s and GB/s are in the run's environment. A roof is the fastest variant: noise makes no loop
 * faster than the machine.
 */
@Fork(2)
@Warmup(time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class RoofBenchmark extends Suite {
  /** A suite without a state of its own. */
  public RoofBenchmark() {}

  /** The operands of a loop of fused multiply-adds. */
  @State(Scope.Thread)
  public static class Arithmetic {
    /** Precision of the operands. */
    @Param({"double", "float"})
    public String precision = "";

    /** Bits of a vector: scalar, 128, 256, 512, or widest for the widest that this JVM prefers. */
    @Param({"scalar", "128", "256", "512"})
    public String bits = "";

    private FmaRoof roof;
    private int width;

    // Fields, not constants: a compiler that knows them may compute ahead.
    private double start;
    private double x;
    private double y;

    /** A state without parameters: JMH sets them, then calls {@link #setUp}. */
    public Arithmetic() {}

    /**
     * Reads the parameters.
     *
     * @throws BadParametersException if a parameter is bad, or this JVM has no such vectors
     */
    @Setup
    public void setUp() throws BadParametersException {
      roof = FmaRoof.check(Map.of("precision", precision, "bits", bits));
      width = roof.bits();
      start = 1;
      x = 0.5;
      y = 0.25;
    }
  }

  /** What a loop of reads goes over. */
  @State(Scope.Thread)
  public static class Memory {
    /** Level of memory that is read: L1, L2, L3, DRAM, or a size such as 64KiB. */
    @Param({
      "16KiB", "L1", "64KiB", "128KiB", "L2", "512KiB", "1MiB", "L3", "4MiB", "16MiB", "64MiB",
      "DRAM"
    })
    public String level = "";

    /** lines: vectors lie on cache lines, where this JVM lets them; arrays: as arrays lie. */
    @Param({"lines", "arrays"})
    public String alignment = "";

    /** Places that are read side by side: 1 or 4. */
    @Param({"1", "4"})
    public String streams = "";

    private ReadRoof roof;
    private double[] elements;
    private int from;

    /** A state without parameters: JMH sets them, then calls {@link #setUp}. */
    public Memory() {}

    /**
     * Fills the array.
     *
     * @throws BadParametersException if a parameter is bad
     */
    @Setup
    public void setUp() throws BadParametersException {
      roof =
          ReadRoof.check(
              Map.of("level", level, "alignment", alignment, "streams", streams),
              MemoryLevel.of(System.getProperties()),
              Heap.ofThisJvm());
      elements = roof.elements();
      from = roof.from();
    }
  }

  /**
   * Fused multiply-adds.
   *
   * @param arithmetic operands
   * @return the sums, which keep every operation alive
   */
  @Benchmark
  public double fma(Arithmetic arithmetic) {
    return arithmetic.roof.precision() == Precision.DOUBLE
        ? doubles(arithmetic)
        : floats(arithmetic);
  }

  /**
   * Fused multiply-adds on every thread that the machine has, each with sums of its own.
   *
   * @param arithmetic operands
   * @return the sums, which keep every operation alive
   */
  @Benchmark
  @Threads(Threads.MAX)
  public double fmaAllThreads(Arithmetic arithmetic) {
    return fma(arithmetic);
  }

  private static double doubles(Arithmetic a) {
    int rounds = FmaRoof.ROUNDS;
    return switch (a.width) {
      case 128 -> DoubleFmaLoops.vectors128(rounds, a.start, a.x, a.y);
      case 256 -> DoubleFmaLoops.vectors256(rounds, a.start, a.x, a.y);
      case 512 -> DoubleFmaLoops.vectors512(rounds, a.start, a.x, a.y);
      default -> DoubleFmaLoops.scalar(rounds, a.start, a.x, a.y);
    };
  }

  private static double floats(Arithmetic a) {
    int rounds = FmaRoof.ROUNDS;
    float start = (float) a.start;
    float x = (float) a.x;
    float y = (float) a.y;
    return switch (a.width) {
      case 128 -> FloatFmaLoops.vectors128(rounds, start, x, y);
      case 256 -> FloatFmaLoops.vectors256(rounds, start, x, y);
      case 512 -> FloatFmaLoops.vectors512(rounds, start, x, y);
      default -> FloatFmaLoops.scalar(rounds, start, x, y);
    };
  }

  /**
   * Reads a working set, more than once where it is small.
   *
   * @param memory that is read
   * @return the elements' sum, which keeps every load alive
   */
  @Benchmark
  public double read(Memory memory) {
    double sum = 0;
    for (int pass = memory.roof.passes(); pass > 0; pass--) {
      sum +=
          memory.roof.streams() == 1
              ? ReadLoops.oneStream(memory.elements, memory.from, memory.roof.length())
              : ReadLoops.fourStreams(memory.elements, memory.from, memory.roof.length());
    }
    return sum;
  }

  /**
   * Reads a working set of its own on every thread that the machine has.
   *
   * @param memory that is read
   * @return the elements' sum, which keeps every load alive
   */
  @Benchmark
  @Threads(Threads.MAX)
  public double readAllThreads(Memory memory) {
    return read(memory);
  }
}
