package dev.patchgrad.choice;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Times kernels against each other on one batch: in rounds, each kernel once a round, the first one
 * changing from round to round. Whatever slows the machine for a while then slows all of them, and
 * ratios hold where times do not.
 *
 * <p>Until the JVM has compiled a kernel, which takes half a second and more of calls, its vectors
 * are objects and it is up to a thousand times slower: such a time says nothing. So a kernel takes
 * part only when its calls have ceased to allocate, which is what a compiled kernel's do, for some
 * time and on the whole batch. The kernels get there side by side, on as many threads as the
 * machine has, in the order in which they were given; one that does not in the time that there is
 * stays out.
 */
public final class PairedTiming {
  /** Bytes of the patches that are measured at most: beyond it more samples tell nothing new. */
  private static final long MOST_BYTES = 16 << 20;

  /** Bytes of the patches that a kernel is called with until it is compiled. */
  private static final long WARM_UP_BYTES = 16 << 10;

  /** A kernel so many times slower than the fastest after the warm-up is hopeless. */
  private static final double HOPELESS = 2;

  /** Rounds that a hopeless kernel takes part in. */
  private static final int HOPELESS_ROUNDS = 3;

  private final int n;
  private final List<Contestant> contestants;
  private final Meter meter;

  /**
   * What was measured of a kernel.
   *
   * @param kernel its name
   * @param nanos of one gradient, the median over rounds; not a number where there was none
   * @param rounds that it took part in; 0 where it was not compiled in time
   */
  public record Timing(String kernel, double nanos, int rounds) {}

  /**
   * A timing of contestants on a batch of their own.
   *
   * @param n samples of the batch
   * @param contestants at least one; those that matter most first
   * @param meter that they are measured by
   */
  PairedTiming(int n, List<Contestant> contestants, Meter meter) {
    this.n = n;
    this.contestants = contestants;
    this.meter = meter;
  }

  /**
   * Kernels on a batch, which is converted to the layout of each.
   *
   * @param batch in any layout; of a large one the first samples are measured
   * @param student of the batch's k and p
   * @param kernels names, at least one; those that matter most first
   * @return a timing that can be run
   * @throws IllegalArgumentException if there is no kernel, or none of a name, or the student does
   *     not fit
   */
  public static PairedTiming of(PatchBatch batch, Student student, List<String> kernels) {
    if (kernels.isEmpty()) {
      throw new IllegalArgumentException("kernels: none given; expected at least 1");
    }
    PatchBatch all = first(batch, MOST_BYTES);
    PatchBatch few = first(all, WARM_UP_BYTES);
    List<Contestant> contestants = new ArrayList<>();
    for (String name : kernels) {
      GradientKernel kernel = Kernels.create(name, batch.precision());
      contestants.add(new Contestant(kernel, few, all, student, Meter.OF_THIS_JVM));
    }
    // One call refuses a student that does not fit, however short the time of measuring is.
    contestants.getFirst().time();
    return new PairedTiming(all.n(), contestants, Meter.OF_THIS_JVM);
  }

  /** The first samples that take at most some bytes, at least one; row-major where it is a copy. */
  private static PatchBatch first(PatchBatch batch, long bytes) {
    long sample = (long) batch.k() * batch.p() * batch.precision().bytes();
    int n = Math.clamp(bytes / sample, 1, batch.n());
    if (n == batch.n()) {
      return batch;
    }
    int length = n * batch.k() * batch.p();
    return switch (batch.toLayout(Layout.ROW_MAJOR)) {
      case DoubleBatch rows ->
          DoubleBatch.wrap(Arrays.copyOf(rows.patches(), length), Arrays.copyOf(rows.labels(), n))
              .k(batch.k())
              .p(batch.p());
      case FloatBatch rows ->
          FloatBatch.wrap(Arrays.copyOf(rows.patches(), length), Arrays.copyOf(rows.labels(), n))
              .k(batch.k())
              .p(batch.p());
    };
  }

  /**
   * The samples that are measured.
   *
   * @return n of the batch, or less
   */
  public int n() {
    return n;
  }

  /**
   * Warms up and measures until a time: warms up in seven tenths of what is left till then at most,
   * and measures in a fifth, but one round in any case. What is left over is for the call that is
   * under way when a part's time is over.
   *
   * @param end by {@link System#nanoTime}
   * @return what was measured, in the order in which the kernels were given
   * @throws UnsupportedOperationException if the Java runtime has no module jdk.management
   */
  List<Timing> runUntil(long end) {
    long left = end - meter.nanos();
    return run(left * 7 / 10, left / 5);
  }

  /**
   * Warms up and measures.
   *
   * @param warmUpNanos that the warm-up takes at most
   * @param measureNanos that the measured rounds take at most; one round is measured in any case
   * @return what was measured, in the order in which the kernels were given
   * @throws UnsupportedOperationException if the Java runtime has no module jdk.management
   */
  public List<Timing> run(long warmUpNanos, long measureNanos) {
    Allocation.requireCounted();
    settle(meter.nanos() + warmUpNanos);
    measure(contestants.stream().filter(Contestant::isSettled).toList(), measureNanos);
    return contestants.stream().map(Contestant::timing).toList();
  }

  private void settle(long deadline) {
    int threads = Math.min(contestants.size(), Runtime.getRuntime().availableProcessors());
    // Closing waits for all, each of which ends by the deadline, but for the call that it is in.
    try (ExecutorService executor = Executors.newFixedThreadPool(threads, PairedTiming::daemon)) {
      List<Future<?>> settling = new ArrayList<>();
      for (Contestant contestant : contestants) {
        settling.add(executor.submit(() -> contestant.settle(deadline)));
      }
      for (Future<?> each : settling) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "patchgrad-timing");
    thread.setDaemon(true);
    return thread;
  }

  private void measure(List<Contestant> ready, long measureNanos) {
    long end = meter.nanos() + measureNanos;
    double best = Double.POSITIVE_INFINITY;
    for (Contestant contestant : ready) {
      contestant.restart();
      best = Math.min(best, contestant.nanosOfACall());
    }
    boolean anyTime = true;
    for (int round = 0; anyTime; round++) {
      anyTime = false;
      for (int turn = 0; turn < ready.size(); turn++) {
        Contestant next = ready.get((round + turn) % ready.size());
        boolean hopeless = next.rounds() >= HOPELESS_ROUNDS && next.median() > HOPELESS * best;
        boolean inTime = round == 0 || meter.nanos() + next.nanosOfABlock() <= end;
        if (!hopeless && inTime) {
          next.takePart();
          anyTime = true;
        }
      }
      for (Contestant contestant : ready) {
        best = Math.min(best, contestant.median());
      }
    }
  }
}
