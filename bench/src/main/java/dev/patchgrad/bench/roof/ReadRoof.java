package dev.patchgrad.bench.roof;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.Heap;
import dev.patchgrad.bench.problem.MemoryLevel;
import dev.patchgrad.bench.problem.ParameterReader;
import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.Layout;
import java.util.Arrays;
import java.util.Map;

/**
 * One loop of reads over a working set.
 *
 * @param length elements that a pass reads, a multiple of what a turn of the loop reads
 * @param onLines whether the first element is to lie on a cache line
 * @param streams 1 or 4
 */
public record ReadRoof(int length, boolean onLines, int streams) {
  /** An operation reads at least so much, so that the call itself is lost in it. */
  private static final long LEAST_BYTES = 256 * 1024;

  /** Elements from which on the core gives an array a region of memory of its own. */
  private static final int OWN_REGION = 128 * 1024 / Double.BYTES;

  /** As the core's layouts have it: a multiple of any vector's lanes. */
  private static final int WIDEST = 16;

  /**
   * Reads and checks a cell's parameters.
   *
   * @param params level, alignment, streams
   * @param levels of this machine
   * @param heap of this JVM
   * @return the loop
   * @throws BadParametersException with a line for each bad parameter
   */
  public static ReadRoof check(Map<String, String> params, MemoryLevel levels, Heap heap)
      throws BadParametersException {
    ParameterReader reader = new ParameterReader(params);
    boolean onLines =
        reader.check(() -> oneOf("alignment", reader.text("alignment"), "lines", "arrays"), true);
    boolean one = reader.check(() -> oneOf("streams", reader.text("streams"), "1", "4"), true);
    String level = reader.text("level");
    int length = reader.check(() -> length(levels.bytes(level)), ReadLoops.BLOCK);
    if (reader.isSound()) {
      reader.check(() -> heap.requireRoom("level: " + level, needed(length, onLines)), 0.0);
    }
    reader.requireSound();
    return new ReadRoof(length, onLines, one ? 1 : 4);
  }

  private static boolean oneOf(String name, String text, String yes, String no) {
    if (!text.equals(yes) && !text.equals(no)) {
      throw new IllegalArgumentException(
          name + ": '" + text + "' given; expected " + yes + " or " + no);
    }
    return text.equals(yes);
  }

  /** Whole turns of the loop: at least one, and no more than 8 GiB, which is far out of caches. */
  private static int length(long bytes) {
    long turns = bytes / Double.BYTES / ReadLoops.BLOCK;
    return Math.clamp(turns, 1, (1 << 30) / ReadLoops.BLOCK) * ReadLoops.BLOCK;
  }

  /** To put elements on cache lines they are copied. */
  private static double needed(int length, boolean onLines) {
    return (double) length * Double.BYTES * (onLines ? 2 : 1);
  }

  /**
   * The working set, all ones, from {@link #from} on.
   *
   * <p>On lines as the kernels' large batches lie on them, by the same code, however small the set.
   *
   * @return a new array
   */
  public double[] elements() {
    double[] ones = new double[onLines ? Math.max(length, OWN_REGION) : length];
    Arrays.fill(ones, 1);
    return onLines ? onLines(ones).patches() : ones;
  }

  /**
   * Where the working set begins.
   *
   * @return index of the first element that is read
   */
  public int from() {
    return onLines ? onLines(new double[WIDEST]).offset() : 0;
  }

  private static DoubleBatch onLines(double[] elements) {
    return DoubleBatch.wrap(elements, new double[1])
        .k(1)
        .p(elements.length)
        .toLayout(Layout.padded(WIDEST));
  }

  /**
   * Passes over the working set in one operation.
   *
   * @return at least 1
   */
  public int passes() {
    return (int) Math.max(1, LEAST_BYTES / ((long) length * Double.BYTES));
  }

  /**
   * Bytes that one operation reads.
   *
   * @return over all passes
   */
  public double bytes() {
    return (double) passes() * length * Double.BYTES;
  }
}
