package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One setting for two threads: the same results as alone, or a refusal that leaves it usable. */
@Timeout(120)
class SharedSettingsTest {
  private static final Teacher TEACHER =
      Teacher.of(new double[] {1, -.5, .5, 0, 2}, new double[] {1, .5, .25});
  private static final int ROUNDS = 200;

  /** The results of two threads that set out at the same moment, round after round. */
  private static <T> List<Future<T>> byTwoThreads(int rounds, Callable<T> task) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(2);
    List<Future<T>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < rounds; round++) {
        for (int thread = 0; thread < 2; thread++) {
          results.add(
              threads.submit(
                  () -> {
                    barrier.await();
                    return task.call();
                  }));
        }
      }
    }
    return results;
  }

  private static PatchBatch batch() {
    return GaussianData.of(TEACHER).n(60).seed(7).batch(Precision.DOUBLE);
  }

  private static GradientDescent descent(Objective objective) {
    return new GradientDescent(
        objective.labelledBy(TEACHER),
        StepSize.derived(),
        StopRule.filterWithin(1e-3).or(StopRule.after(40)),
        40);
  }

  private static Objective miniBatches() {
    return Objective.miniBatches(
        Kernels.create("scalar", Precision.DOUBLE),
        Objective.cut(batch(), 7),
        new SplittableRandom(5));
  }

  @Test
  void aDescentOnThePopulationIsSharedByThreads() throws Exception {
    Restarts restarts =
        new Restarts(descent(Objective.population(TEACHER)), Initialisation.of(TEACHER), 3)
            .together(2)
            .withSignFlips();
    List<DescentResult> alone = restarts.search(1).results();
    for (Future<List<DescentResult>> results :
        byTwoThreads(ROUNDS, () -> restarts.search(1).results())) {
      assertThat(results.get()).hasSameSizeAs(alone);
      for (int i = 0; i < alone.size(); i++) {
        assertThat(results.get().get(i).student().v()).isEqualTo(alone.get(i).student().v());
        assertThat(results.get().get(i).iterations()).isEqualTo(alone.get(i).iterations());
      }
    }
  }

  /** The kernel's order of summing may be another before it is compiled: 40 steps of rounding. */
  @Test
  void aDescentOnABatchWhoseKernelWasChosenIsSharedByThreads() throws Exception {
    GradientDescent descent = descent(Objective.batch(batch()));
    Student start = Initialisation.of(TEACHER).draw(new SplittableRandom(2));
    DescentResult alone = descent.run(start);
    for (Future<DescentResult> result : byTwoThreads(ROUNDS, () -> descent.run(start))) {
      assertThat(result.get().iterations()).isEqualTo(alone.iterations());
      assertThat(result.get().student().v()).containsExactly(alone.student().v(), within(1e-11));
    }
  }

  /** The order of mini-batches goes on from run to run: a run that has it to itself is some run. */
  @Test
  void aDescentThatOneThreadHasIsRefusedToAnotherAndStaysUsable() throws Exception {
    GradientDescent descent = descent(miniBatches());
    GradientDescent expected = descent(miniBatches());
    Student start = Initialisation.of(TEACHER).draw(new SplittableRandom(2));
    List<Future<double[]>> results =
        byTwoThreads(ROUNDS, () -> descent.run(start).student().v().clone());
    int done = 0;
    List<double[]> ends = new ArrayList<>();
    for (Future<double[]> result : results) {
      try {
        ends.add(result.get());
        done++;
      } catch (ExecutionException e) {
        assertThat(e.getCause())
            .isInstanceOf(IllegalStateException.class)
            .hasMessageMatching(
                "objective: in use by thread '.*'; expected one thread at a time, so one for each"
                    + " thread");
      }
    }
    assertThat(done).isGreaterThanOrEqualTo(ROUNDS);
    // The runs that were not refused took the mini-batches one after the other, as here.
    List<double[]> alone = new ArrayList<>();
    for (int run = 0; run < done; run++) {
      alone.add(expected.run(start).student().v());
    }
    for (double[] end : ends) {
      assertThat(alone).anyMatch(other -> java.util.Arrays.equals(other, end));
    }
    assertThat(descent.run(start).student().v()).isEqualTo(expected.run(start).student().v());
  }

  @Test
  void theRefusalNamesTheThreadAndTheFirstGoesOnUndisturbed() throws Exception {
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    Objective objective = miniBatches();
    Student start = Initialisation.of(TEACHER).draw(new SplittableRandom(2));
    GradientDescent waiting =
        descent(objective)
            .watchedBy(
                point -> {
                  underWay.countDown();
                  await(refused);
                },
                1_000);
    List<DescentResult> results = new ArrayList<>();
    Thread first = new Thread(() -> results.add(waiting.run(start)), "the first");
    first.start();
    await(underWay);
    for (Callable<?> second :
        List.<Callable<?>>of(
            () -> descent(objective).run(start),
            () -> new Restarts(descent(objective), Initialisation.of(TEACHER), 1).search(1),
            () -> {
              objective.evaluate(List.of(start), List.of(Gradient.of(start)));
              return start;
            })) {
      assertThatThrownBy(second::call)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "objective: in use by thread 'the first'; expected one thread at a time, so one for"
                  + " each thread");
    }
    refused.countDown();
    first.join();
    assertThat(results.getFirst().student().v())
        .isEqualTo(descent(miniBatches()).run(start).student().v());
    assertThat(descent(objective).run(start).ending()).isNotEqualTo(Ending.DIVERGED);
  }

  @Test
  void lanesAndStartsAreRefusedToASecondThreadAndStayUsable() throws Exception {
    Reduction reduction = new Reduction(9, 1, 1.5, 1, .1);
    ReducedStarts starts = ReducedStarts.of(reduction, 4, new SplittableRandom(2));
    ReducedDescent lanes = ReducedDescent.of(reduction);
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    List<BasinCounts> results = new ArrayList<>();
    Thread first =
        new Thread(
            () ->
                results.add(
                    lanes.descend(
                        () -> {
                          underWay.countDown();
                          await(refused);
                          return starts.next();
                        },
                        100,
                        1000)),
            "the first");
    first.start();
    await(underWay);
    assertThatThrownBy(() -> lanes.descend(starts::next, 1, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("lanes: in use by thread 'the first'");
    refused.countDown();
    first.join();
    BasinCounts alone =
        ReducedDescent.of(reduction)
            .descend(ReducedStarts.of(reduction, 4, new SplittableRandom(2))::next, 100, 1000);
    assertThat(results).containsExactly(alone);
    assertThat(lanes.descend(starts::next, 10, 1000).starts()).isEqualTo(10);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
