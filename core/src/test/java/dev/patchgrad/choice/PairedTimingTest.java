package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Timings by a clock that goes on only as far as the kernels under test say: each is exact. */
class PairedTimingTest {
  private static final long MILLISECOND = 1_000_000;
  private static final PatchBatch WHOLE =
      DoubleBatch.wrap(new double[] {1, 2, 3}, new double[] {1, 2, 3}).k(1).p(1);
  private static final PatchBatch FEW = WHOLE.slice(0, 1);
  private static final Student STUDENT = Student.plain(new double[] {1}, new double[] {1});

  /** Begins anywhere but at 0. */
  private final AtomicLong now = new AtomicLong(7_000_000_000L);

  private final AtomicLong allocated = new AtomicLong(123_456_789);

  private final Meter meter =
      new Meter() {
        @Override
        public long nanos() {
          return now.get();
        }

        @Override
        public long allocated() {
          return allocated.get();
        }
      };

  /** The kernels' names, one for each call. */
  private final List<String> calls = new ArrayList<>();

  /** A kernel whose calls take some time, and allocate some bytes. */
  private class Fake implements GradientKernel {
    private final String name;
    private final long nanos;
    private final long bytes;
    final List<Integer> sizes = new ArrayList<>();

    Fake(String name, long nanos, long bytes) {
      this.name = name;
      this.nanos = nanos;
      this.bytes = bytes;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Precision precision() {
      return Precision.DOUBLE;
    }

    @Override
    public Layout layout() {
      return Layout.ROW_MAJOR;
    }

    @Override
    public String resolved() {
      return name;
    }

    @Override
    public void evaluate(PatchBatch batch, Student student, Gradient out) {
      now.addAndGet(nanos);
      allocated.addAndGet(bytes);
      sizes.add(batch.n());
      synchronized (calls) {
        calls.add(name);
      }
    }
  }

  private Contestant contestant(GradientKernel kernel) {
    return new Contestant(kernel, FEW, WHOLE, STUDENT, meter);
  }

  private PairedTiming timing(GradientKernel... kernels) {
    return new PairedTiming(3, List.of(kernels).stream().map(this::contestant).toList(), meter);
  }

  @Test
  void aBlockHasAsManyCallsAsTheLastOneSaysFitIn() {
    Contestant contestant = contestant(new Fake("a", 1000, 0));
    // Before the first call none is known, and one is made.
    assertThat(contestant.time()).isEqualTo(1);
    assertThat(contestant.nanosOfACall()).isEqualTo(1000);
    assertThat(contestant.nanosOfABlock()).isEqualTo(Contestant.BLOCK_NANOS);
    assertThat(contestant.time()).isEqualTo(300);
    assertThat(calls).hasSize(301);
    assertThat(contestant.nanosOfACall()).isEqualTo(1000);
    Contestant slow = contestant(new Fake("b", 2 * MILLISECOND, 0));
    slow.time();
    assertThat(slow.nanosOfABlock()).isEqualTo(2 * MILLISECOND);
    assertThat(slow.time()).isEqualTo(1);
    // A clock that stands still: no call takes less than a nanosecond.
    Contestant quick = contestant(new Fake("c", 0, 0));
    quick.time();
    assertThat(quick.nanosOfACall()).isEqualTo(1);
    assertThat(quick.time()).isEqualTo(Contestant.BLOCK_NANOS);
  }

  @Test
  void itSettlesOnAFewSamplesAndThenOnAll() {
    Fake kernel = new Fake("a", MILLISECOND, 0);
    Contestant contestant = contestant(kernel);
    assertThat(contestant.isSettled()).isFalse();
    contestant.settle(now.get() + 40 * MILLISECOND);
    assertThat(contestant.isSettled()).isTrue();
    // 20 milliseconds of each.
    assertThat(kernel.sizes).hasSize(40);
    assertThat(kernel.sizes.subList(0, 20)).containsOnly(1);
    assertThat(kernel.sizes.subList(20, 40)).containsOnly(3);
    // No millisecond less is enough.
    Contestant late = contestant(new Fake("b", MILLISECOND, 0));
    late.settle(now.get() + 39 * MILLISECOND);
    assertThat(late.isSettled()).isFalse();
  }

  @Test
  void oneThatAllocatesIsCalledUntilTimeIsOver() {
    // A block of one call may allocate this, and no byte more.
    long quiet = Contestant.QUIET_BLOCK + Contestant.QUIET_CALL;
    Contestant still = contestant(new Fake("a", MILLISECOND, quiet));
    still.settle(now.get() + 100 * MILLISECOND);
    assertThat(still.isSettled()).isTrue();
    Fake loud = new Fake("b", MILLISECOND, quiet + 1);
    Contestant contestant = contestant(loud);
    contestant.settle(now.get() + 30 * MILLISECOND);
    assertThat(contestant.isSettled()).isFalse();
    assertThat(loud.sizes).hasSize(30).containsOnly(1);
    // Of 300 calls: 4096 + 300 * 64 = 23,296 bytes.
    Contestant many = contestant(new Fake("c", 1000, 77));
    many.settle(now.get() + 100 * MILLISECOND);
    assertThat(many.isSettled()).isTrue();
    Contestant tooMany = contestant(new Fake("d", 1000, 78));
    tooMany.settle(now.get() + 100 * MILLISECOND);
    assertThat(tooMany.isSettled()).isFalse();
  }

  @Test
  void allocatingOnceTheQuietTimeStartsAnew() {
    Fake once =
        new Fake("a", MILLISECOND, 0) {
          @Override
          public void evaluate(PatchBatch batch, Student student, Gradient out) {
            super.evaluate(batch, student, out);
            allocated.addAndGet(sizes.size() == 15 ? 100_000 : 0);
          }
        };
    contestant(once).settle(now.get() + 1000 * MILLISECOND);
    assertThat(once.sizes).hasSize(15 + 20 + 20);
  }

  @Test
  void theMedianIsTheMiddleOrTheMeanOfTheMiddleTwo() {
    long[] times = {5, 1, 2, 8};
    Fake kernel =
        new Fake("a", 0, 0) {
          @Override
          public void evaluate(PatchBatch batch, Student student, Gradient out) {
            now.addAndGet(times[sizes.size()] * MILLISECOND);
            sizes.add(batch.n());
          }
        };
    Contestant contestant = contestant(kernel);
    assertThat(contestant.median()).isNaN();
    double[] medians = {5, 3, 2, 3.5};
    for (int round = 0; round < 4; round++) {
      contestant.takePart();
      assertThat(contestant.rounds()).isEqualTo(round + 1);
      assertThat(contestant.median()).isEqualTo(medians[round] * MILLISECOND);
    }
    assertThat(contestant.timing()).isEqualTo(new PairedTiming.Timing("a", 3.5 * MILLISECOND, 4));
  }

  @Test
  void roundsGoOnAsLongAsAnotherBlockEndsInTime() {
    PairedTiming timing = timing(new Fake("a", MILLISECOND, 0));
    // One of ten goes before the rounds; the last ends as the time does.
    assertThat(timing.run(50 * MILLISECOND, 10 * MILLISECOND))
        .containsExactly(new PairedTiming.Timing("a", MILLISECOND, 9));
    // A block of quick calls takes 0.3 ms: one goes before, and a third round would end at 1.2 ms.
    assertThat(timing(new Fake("b", 1000, 0)).run(50 * MILLISECOND, MILLISECOND))
        .containsExactly(new PairedTiming.Timing("b", 1000, 2));
  }

  @Test
  void oneRoundIsMeasuredWhateverItTakesAndNoRoundTwice() {
    PairedTiming timing = timing(new Fake("a", MILLISECOND, 0), new Fake("b", MILLISECOND, 0));
    for (int run = 0; run < 2; run++) {
      assertThat(timing.run(200 * MILLISECOND, 0))
          .extracting(PairedTiming.Timing::rounds)
          .containsExactly(1, 1);
    }
  }

  @Test
  void theFirstOneChangesFromRoundToRound() {
    PairedTiming timing = timing(new Fake("a", MILLISECOND, 0), new Fake("b", MILLISECOND, 0));
    List<PairedTiming.Timing> timings = timing.run(200 * MILLISECOND, 8 * MILLISECOND);
    assertThat(timings).extracting(PairedTiming.Timing::rounds).containsExactly(3, 3);
    assertThat(String.join("", calls.subList(calls.size() - 8, calls.size())))
        .isEqualTo("ab" + "ab" + "ba" + "ab");
  }

  @Test
  void aHopelessKernelTakesPartInThreeRounds() {
    Fake fast = new Fake("fast", MILLISECOND, 0);
    Fake twice = new Fake("twice", 2 * MILLISECOND, 0);
    Fake slow = new Fake("slow", 2 * MILLISECOND + 1, 0);
    List<PairedTiming.Timing> timings =
        timing(fast, twice, slow).run(1000 * MILLISECOND, 60 * MILLISECOND);
    // Before the rounds 5 of 60 ms, three rounds of 5, and 13 rounds of 3 in the rest.
    assertThat(timings)
        .extracting(PairedTiming.Timing::kernel)
        .containsExactly("fast", "twice", "slow");
    assertThat(timings.get(2).rounds()).isEqualTo(3);
    assertThat(timings.get(1).rounds()).isEqualTo(16);
    assertThat(timings.get(0).rounds()).isBetween(16, 17);
  }

  @Test
  void whatIsHopelessFollowsTheRounds() {
    Fake better =
        new Fake("better", MILLISECOND, 0) {
          @Override
          public void evaluate(PatchBatch batch, Student student, Gradient out) {
            super.evaluate(batch, student, out);
            // Calls of 2 ms until the rounds begin: 10 on a few samples, 10 on all, and one more.
            now.addAndGet(sizes.size() <= 21 ? MILLISECOND : 0);
          }
        };
    Contestant first = contestant(better);
    Contestant second = contestant(new Fake("other", 3 * MILLISECOND, 0));
    first.settle(now.get() + 1000 * MILLISECOND);
    second.settle(now.get() + 1000 * MILLISECOND);
    List<PairedTiming.Timing> timings =
        new PairedTiming(3, List.of(first, second), meter).run(0, 40 * MILLISECOND);
    // By the first calls, 2 and 3 ms, none is hopeless; by the rounds, 1 and 3 ms, the second is.
    // 5 of 40 before the rounds, three rounds of 4, and 23 calls of the one that is left.
    assertThat(timings).extracting(PairedTiming.Timing::rounds).containsExactly(26, 3);
  }

  @Test
  void oneThatIsNotCompiledInTimeTakesPartInNoRound() {
    List<PairedTiming.Timing> timings =
        timing(new Fake("a", MILLISECOND, 1 << 20)).run(50 * MILLISECOND, 10 * MILLISECOND);
    assertThat(timings).hasSize(1);
    assertThat(timings.getFirst().rounds()).isZero();
    assertThat(timings.getFirst().nanos()).isNaN();
    // The calls of the warm-up alone.
    assertThat(calls).hasSize(50);
  }

  @Test
  void sevenTenthsOfWhatIsLeftAreForTheWarmUpAndAFifthForTheRounds() {
    timing(new Fake("a", MILLISECOND, 1 << 20)).runUntil(now.get() + 100 * MILLISECOND);
    assertThat(calls).hasSize(70);
    calls.clear();
    assertThat(timing(new Fake("b", MILLISECOND, 0)).runUntil(now.get() + 100 * MILLISECOND))
        .containsExactly(new PairedTiming.Timing("b", MILLISECOND, 19));
  }

  @Test
  void kernelsSettleOnThreadsThatKeepNoJvmAlive() {
    List<Boolean> daemons = new ArrayList<>();
    timing(
            new Fake("a", MILLISECOND, 0) {
              @Override
              public void evaluate(PatchBatch batch, Student student, Gradient out) {
                super.evaluate(batch, student, out);
                daemons.add(Thread.currentThread().isDaemon());
              }
            })
        .run(50 * MILLISECOND, 0);
    assertThat(daemons.subList(0, 40)).containsOnly(true);
  }

  @Test
  void whatAKernelThrowsInTheWarmUpIsThrown() {
    IllegalStateException refusal = new IllegalStateException("none");
    Fake refusing =
        new Fake("a", MILLISECOND, 0) {
          @Override
          public void evaluate(PatchBatch batch, Student student, Gradient out) {
            throw refusal;
          }
        };
    assertThatThrownBy(() -> timing(refusing).run(50 * MILLISECOND, 0)).isSameAs(refusal);
    AssertionError error = new AssertionError("none");
    Fake failing =
        new Fake("a", MILLISECOND, 0) {
          @Override
          public void evaluate(PatchBatch batch, Student student, Gradient out) {
            throw error;
          }
        };
    assertThatThrownBy(() -> timing(failing).run(50 * MILLISECOND, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasCause(error);
  }

  @Test
  void anInterruptIsKept() {
    Thread caller = Thread.currentThread();
    Fake waiting =
        new Fake("a", MILLISECOND, 0) {
          @Override
          public void evaluate(PatchBatch batch, Student student, Gradient out) {
            // Until the caller has waited, and was interrupted in it.
            while (sizes.isEmpty() && caller.isInterrupted()) {
              Thread.onSpinWait();
            }
            super.evaluate(batch, student, out);
          }
        };
    caller.interrupt();
    timing(waiting).run(50 * MILLISECOND, 0);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void thisJvmsMeterCountsTimeAndBytes() {
    long nanos = Meter.OF_THIS_JVM.nanos();
    long before = Meter.OF_THIS_JVM.allocated();
    byte[] bytes = new byte[1 << 20];
    long after = Meter.OF_THIS_JVM.allocated();
    assertThat(after - before).isGreaterThanOrEqualTo(bytes.length);
    // Within a minute of the clock itself.
    assertThat((double) (System.nanoTime() - nanos)).isCloseTo(0, within(6e10)).isNotNegative();
  }
}
