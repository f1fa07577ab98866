package dev.patchgrad.bench.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.reports.run.Places;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A gradient's copies in memory. */
class ReadyGradientTest {
  private static ReadyGradient ready(String kernel, Precision precision, int n) {
    return ReadyGradient.inPlaces(
        new GradientProblem(precision, 8, 16, n), Kernels.create(kernel, precision));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aSmallBatchHasPlacesOfItsOwnThatComputeTheSame(Precision precision) {
    // The scalar kernel adds in one order, wherever the elements lie: equal to the bit.
    ReadyGradient gradient = ready("scalar", precision, 32);
    Set<PatchBatch> batches = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Object> results = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < Places.COUNT; i++) {
      batches.add(gradient.batch());
      results.add(gradient.result());
      losses.add(gradient.evaluate());
      gradient.moveOn();
    }
    assertThat(batches).hasSize(Places.COUNT).contains(gradient.batch());
    assertThat(results).hasSize(Places.COUNT);
    assertThat(losses).containsOnly(losses.get(0));
    assertThat(losses.get(0)).isPositive();
  }

  @Test
  void theCopiesAreInTheKernelsLayout() {
    ReadyGradient gradient = ready("interleaved", Precision.DOUBLE, 32);
    PatchBatch first = gradient.batch();
    gradient.moveOn();
    assertThat(gradient.batch()).isNotSameAs(first);
    assertThat(gradient.batch().layout()).isEqualTo(first.layout());
  }

  /** What is timed next must not be how long a copy takes to come back into the cache. */
  @Test
  void theNextCopyIsReadBeforeItIsMeasured() {
    ReadyGradient gradient = ready("scalar", Precision.DOUBLE, 32);
    double loss = gradient.evaluate();
    gradient.moveOn();
    assertThat(gradient.result().loss()).isEqualTo(loss).isPositive();
  }

  @Test
  void aLargeBatchHasOnePlace() {
    int n = (8 << 20) / (8 * 16 * Double.BYTES);
    for (int samples : List.of(n, n + 1)) {
      ReadyGradient gradient = ready("scalar", Precision.DOUBLE, samples);
      PatchBatch first = gradient.batch();
      gradient.moveOn();
      assertThat(gradient.batch() == first).isEqualTo(samples > n);
    }
  }
}
