package dev.patchgrad.choice;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.Gradient;
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

  /** The time of a block of calls that are timed together: System.nanoTime takes about 25 ns. */
  private static final long BLOCK_NANOS = 300_000;

  /** Time without allocation after which a kernel counts as compiled. */
  private static final long SETTLED_NANOS = 20_000_000;

  /**
   * Bytes of a block, and of each of its calls, that are the JVM's own, counting included. In a
   * block's time code that is not compiled makes objects of ten times as much.
   */
  private static final long QUIET_BLOCK = 4096;

  private static final long QUIET_CALL = 64;

  /** A kernel so many times slower than the fastest after the warm-up is hopeless. */
  private static final double HOPELESS = 2;

  /** Rounds that a hopeless kernel takes part in. */
  private static final int HOPELESS_ROUNDS = 3;

  private final int n;
  private final List<Contestant> contestants;

  /**
   * What was measured of a kernel.
   *
   * @param kernel its name
   * @param nanos of one gradient, the median over rounds; not a number where there was none
   * @param rounds that it took part in; 0 where it was not compiled in time
   */
  public record Timing(String kernel, double nanos, int rounds) {}

  private static final class Contestant {
    final GradientKernel kernel;
    final PatchBatch few;
    final PatchBatch whole;
    final Student student;
    final Gradient out;
    final List<Double> nanos = new ArrayList<>();
    PatchBatch all;
    double last = BLOCK_NANOS;
    boolean settled;

    Contestant(GradientKernel kernel, PatchBatch few, PatchBatch all, Student student) {
      this.kernel = kernel;
      this.few = few.toLayout(kernel.layout());
      this.whole = all;
      this.all = this.few;
      this.student = student;
      this.out = Gradient.of(student);
    }

    /** Calls the kernel until it is compiled, on a few samples and then on all, or time is over. */
    void settle(long deadline) {
      if (!isQuiet(few, deadline)) {
        return;
      }
      all = whole.toLayout(kernel.layout());
      settled = isQuiet(all, deadline);
    }

    /** Calls the kernel until its calls have ceased to allocate for some time. */
    private boolean isQuiet(PatchBatch batch, long deadline) {
      long quiet = 0;
      while (quiet < SETTLED_NANOS && System.nanoTime() < deadline) {
        long start = System.nanoTime();
        long before = Allocation.ofThisThread();
        long calls = time(batch);
        boolean allocates = Allocation.ofThisThread() - before > QUIET_BLOCK + QUIET_CALL * calls;
        quiet = allocates ? 0 : quiet + System.nanoTime() - start;
      }
      return quiet >= SETTLED_NANOS;
    }

    /** Calls the kernel for about a block's time; sets the time of one call, gives their number. */
    long time(PatchBatch batch) {
      long calls = Math.clamp((long) (BLOCK_NANOS / last), 1, 1_000_000);
      long start = System.nanoTime();
      for (long call = 0; call < calls; call++) {
        kernel.evaluate(batch, student, out);
      }
      last = Math.max(1, (double) (System.nanoTime() - start) / calls);
      return calls;
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
  }

  private PairedTiming(int n, List<Contestant> contestants) {
    this.n = n;
    this.contestants = contestants;
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
      contestants.add(new Contestant(Kernels.create(name, batch.precision()), few, all, student));
    }
    // One call refuses a student that does not fit, however short the time of measuring is.
    Contestant any = contestants.getFirst();
    any.time(any.few);
    return new PairedTiming(all.n(), contestants);
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
   * Warms up and measures.
   *
   * @param warmUpNanos that the warm-up takes at most
   * @param measureNanos that the measured rounds take at most; one round is measured in any case
   * @return what was measured, in the order in which the kernels were given
   * @throws UnsupportedOperationException if the Java runtime has no module jdk.management
   */
  public List<Timing> run(long warmUpNanos, long measureNanos) {
    Allocation.requireCounted();
    settle(System.nanoTime() + warmUpNanos);
    measure(contestants.stream().filter(each -> each.settled).toList(), measureNanos);
    return contestants.stream()
        .map(each -> new Timing(each.kernel.name(), each.median(), each.nanos.size()))
        .toList();
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

  private static void measure(List<Contestant> ready, long measureNanos) {
    long end = System.nanoTime() + measureNanos;
    double best = Double.POSITIVE_INFINITY;
    for (Contestant contestant : ready) {
      contestant.nanos.clear();
      contestant.time(contestant.all);
      best = Math.min(best, contestant.last);
    }
    boolean anyTime = true;
    for (int round = 0; anyTime; round++) {
      anyTime = false;
      for (int turn = 0; turn < ready.size(); turn++) {
        Contestant next = ready.get((round + turn) % ready.size());
        boolean hopeless = next.nanos.size() >= HOPELESS_ROUNDS && next.median() > HOPELESS * best;
        boolean inTime =
            round == 0 || System.nanoTime() + (long) Math.max(next.last, BLOCK_NANOS) <= end;
        if (!hopeless && inTime) {
          next.time(next.all);
          next.nanos.add(next.last);
          anyTime = true;
        }
      }
      for (Contestant contestant : ready) {
        best = Math.min(best, contestant.median());
      }
    }
  }
}
