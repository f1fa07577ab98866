package dev.patchgrad.choice;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import java.util.ArrayList;
import java.util.List;

/**
 * A kernel in a {@link PairedTiming}: called until it is compiled, and timed in blocks of calls.
 *
 * <p>Belongs to one thread at a time.
 */
final class Contestant {
  /** The time of a block of calls that are timed together: System.nanoTime takes about 25 ns. */
  static final long BLOCK_NANOS = 300_000;

  /** Time without allocation after which a kernel counts as compiled. */
  static final long SETTLED_NANOS = 20_000_000;

  /**
   * Bytes of a block, and of each of its calls, that are the JVM's own, counting included. In a
   * block's time code that is not compiled makes objects of ten times as much.
   */
  static final long QUIET_BLOCK = 4096;

  static final long QUIET_CALL = 64;

  private final GradientKernel kernel;
  private final PatchBatch whole;
  private final Student student;
  private final Gradient out;
  private final Meter meter;
  private final List<Double> nanos = new ArrayList<>();
  private PatchBatch batch;
  private double last = BLOCK_NANOS;
  private boolean settled;

  /**
   * A contestant that is not compiled yet.
   *
   * @param kernel that is timed
   * @param few samples, in any layout, that it is called with first
   * @param whole the batch that it is timed on, in any layout
   * @param student of the batch's k and p
   * @param meter that it is timed by
   */
  Contestant(
      GradientKernel kernel, PatchBatch few, PatchBatch whole, Student student, Meter meter) {
    this.kernel = kernel;
    this.batch = few.toLayout(kernel.layout());
    this.whole = whole;
    this.student = student;
    this.out = Gradient.of(student);
    this.meter = meter;
  }

  /** Calls the kernel until it is compiled, on a few samples and then on all, or time is over. */
  void settle(long deadline) {
    if (isQuiet(deadline)) {
      batch = whole.toLayout(kernel.layout());
      settled = isQuiet(deadline);
    }
  }

  /** Whether it was compiled in time. */
  boolean isSettled() {
    return settled;
  }

  /** Calls the kernel until its calls have ceased to allocate for some time. */
  private boolean isQuiet(long deadline) {
    long quiet = 0;
    while (quiet < SETTLED_NANOS && meter.nanos() < deadline) {
      long start = meter.nanos();
      long before = meter.allocated();
      long calls = time();
      boolean allocates = meter.allocated() - before > QUIET_BLOCK + QUIET_CALL * calls;
      quiet = allocates ? 0 : quiet + meter.nanos() - start;
    }
    return quiet >= SETTLED_NANOS;
  }

  /** Calls the kernel for about a block's time; sets the time of one call, gives their number. */
  long time() {
    long calls = Math.clamp((long) (BLOCK_NANOS / last), 1, 1_000_000);
    long start = meter.nanos();
    for (long call = 0; call < calls; call++) {
      kernel.evaluate(batch, student, out);
    }
    last = Math.max(1, (double) (meter.nanos() - start) / calls);
    return calls;
  }

  /** Forgets its rounds, and times a block that counts in none. */
  void restart() {
    nanos.clear();
    time();
  }

  /** Times a block that counts as a round. */
  void takePart() {
    time();
    nanos.add(last);
  }

  /** The time of one call in the last block, at least 1. */
  double nanosOfACall() {
    return last;
  }

  /** What the next block will take by the last one. */
  long nanosOfABlock() {
    return (long) Math.max(last, BLOCK_NANOS);
  }

  /** The rounds that it took part in. */
  int rounds() {
    return nanos.size();
  }

  /**
   * The middle time, or the mean of the middle two; not a number where there is none. The one
   * median of this module, which depends on no library of statistics.
   */
  double median() {
    if (nanos.isEmpty()) {
      return Double.NaN;
    }
    double[] sorted = nanos.stream().mapToDouble(value -> value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** What was measured. */
  PairedTiming.Timing timing() {
    return new PairedTiming.Timing(kernel.name(), median(), rounds());
  }
}
