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

/**
 * Times kernels against each other on one batch: in rounds, each kernel once a round, the first one
 * changing from round to round. Whatever slows the machine for a while then slows all of them, and
 * ratios hold where times do not.
 *
 * <p>A kernel's first calls are interpreted, thousands of times slower than what the compiler makes
 * of them; they are spent on a few samples, until the warm-up's time is over. From then on a kernel
 * that is hopeless is timed in few rounds.
 */
public final class PairedTiming {
  /** Bytes of the patches that are measured at most: beyond it more samples tell nothing new. */
  private static final long MOST_BYTES = 16 << 20;

  /** Bytes of the patches that a cold kernel is called with. */
  private static final long WARM_UP_BYTES = 16 << 10;

  /** The time of a block of calls that are timed together: System.nanoTime takes about 25 ns. */
  private static final long BLOCK_NANOS = 300_000;

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
   * @param nanos of one gradient, the median over rounds
   * @param rounds that it took part in
   */
  public record Timing(String kernel, double nanos, int rounds) {}

  private static final class Contestant {
    final GradientKernel kernel;
    final PatchBatch few;
    final PatchBatch all;
    final Student student;
    final Gradient out;
    final List<Double> nanos = new ArrayList<>();
    double last = BLOCK_NANOS;

    Contestant(GradientKernel kernel, PatchBatch few, PatchBatch all, Student student) {
      this.kernel = kernel;
      this.few = few.toLayout(kernel.layout());
      this.all = all.toLayout(kernel.layout());
      this.student = student;
      this.out = Gradient.of(student);
    }

    /** Calls the kernel for about a block's time; sets the time of one call. */
    void time(PatchBatch batch) {
      long calls = Math.clamp((long) (BLOCK_NANOS / last), 1, 1_000_000);
      long start = System.nanoTime();
      for (long call = 0; call < calls; call++) {
        kernel.evaluate(batch, student, out);
      }
      last = Math.max(1, (double) (System.nanoTime() - start) / calls);
    }

    double median() {
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
   * Kernels on a batch, which is converted here to the layout of each.
   *
   * @param batch in any layout; of a large one the first samples are measured
   * @param student of the batch's k and p
   * @param kernels names, at least one
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
          DoubleBatch.wrap(
              Arrays.copyOf(rows.patches(), length),
              Arrays.copyOf(rows.labels(), n),
              batch.k(),
              batch.p());
      case FloatBatch rows ->
          FloatBatch.wrap(
              Arrays.copyOf(rows.patches(), length),
              Arrays.copyOf(rows.labels(), n),
              batch.k(),
              batch.p());
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
   * Warms up and measures; each kernel is called at least once after its warm-up, however little
   * time there is.
   *
   * @param warmUpNanos that the warm-up takes
   * @param measureNanos that the measured rounds take at most
   * @return what was measured, in the order in which the kernels were given
   */
  public List<Timing> run(long warmUpNanos, long measureNanos) {
    long warm = System.nanoTime() + warmUpNanos;
    for (int turn = 0; System.nanoTime() < warm; turn++) {
      Contestant next = contestants.get(turn % contestants.size());
      next.time(next.few);
    }
    long end = System.nanoTime() + measureNanos;
    for (Contestant contestant : contestants) {
      contestant.nanos.clear();
      // The time of one call is not yet known.
      contestant.last = BLOCK_NANOS;
      contestant.time(contestant.all);
    }
    double best = contestants.stream().mapToDouble(contestant -> contestant.last).min().orElse(1);
    boolean anyTime = true;
    for (int round = 0; anyTime; round++) {
      anyTime = false;
      for (int turn = 0; turn < contestants.size(); turn++) {
        Contestant next = contestants.get((round + turn) % contestants.size());
        boolean hopeless = next.nanos.size() >= HOPELESS_ROUNDS && next.median() > HOPELESS * best;
        boolean inTime = System.nanoTime() + (long) Math.max(next.last, BLOCK_NANOS) <= end;
        if (!hopeless && inTime) {
          next.time(next.all);
          next.nanos.add(next.last);
          anyTime = true;
        }
      }
      best = Math.min(best, best());
    }
    List<Timing> timings = new ArrayList<>();
    for (Contestant contestant : contestants) {
      if (contestant.nanos.isEmpty()) {
        contestant.nanos.add(contestant.last);
      }
      timings.add(
          new Timing(contestant.kernel.name(), contestant.median(), contestant.nanos.size()));
    }
    return timings;
  }

  private double best() {
    return contestants.stream()
        .filter(contestant -> !contestant.nanos.isEmpty())
        .mapToDouble(Contestant::median)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }
}
