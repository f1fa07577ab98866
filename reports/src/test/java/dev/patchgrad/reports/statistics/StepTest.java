package dev.patchgrad.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;

final class StepTest {
  private static List<Double> exp(double... logarithms) {
    return DoubleStream.of(logarithms).map(Math::exp).boxed().toList();
  }

  /**
   * Before 0 and 0.2, after 1 and 1.2: the difference is 1, its variance 0.04 / 2 x (1/2 + 1/2), so
   * t is sqrt(50). With two degrees of freedom both tails are 1 - t / sqrt(2 + t^2), at one place.
   */
  @Test
  void theProbabilityIsStudents() {
    Step step = Step.of(exp(0, 0.2, 1, 1.2)).orElseThrow();
    assertThat(step.after()).isEqualTo(2);
    assertThat(step.change()).isCloseTo(Math.E - 1, within(1e-12));
    assertThat(step.probability()).isCloseTo(1 - Math.sqrt(50 / 52.0), within(1e-12));
  }

  /** Eight iterations have five places, and the probability at one is multiplied by 5. */
  @Test
  void thePlaceIsFoundAndAllPlacesArePaidFor() {
    Step step = Step.of(exp(0, 0.1, 0, 0.1, 0, 0.1, -1, -1.1)).orElseThrow();
    assertThat(step.after()).isEqualTo(6);
    assertThat(step.change()).isCloseTo(Math.expm1(-1.1), within(1e-12));
    // By hand: squares 6 x 0.0025 + 2 x 0.0025 = 0.02, t = 1.1 / sqrt(0.02 / 6 x (1/6 + 1/2)).
    double t = 1.1 / Math.sqrt(0.02 / 6 * (1 / 6.0 + 1 / 2.0));
    double one = 2 * TDistribution.of(6).survivalProbability(t);
    assertThat(step.probability()).isCloseTo(5 * one, within(1e-12));
  }

  @Test
  void threeIterationsShowNoStep() {
    assertThat(Step.of(List.of(1.0, 1.0, 9.0))).isEmpty();
  }

  /** One iteration that was disturbed, even the last, is no other level. */
  @Test
  void aSingleOutlierIsNoStep() {
    Step step = Step.of(List.of(1.0, 1.001, 0.999, 1.0, 1.001, 0.999, 1.0, 0.7)).orElseThrow();
    assertThat(step.probability()).isGreaterThan(0.05);
  }

  @Test
  void equalValuesHaveNoStepAndAStepWithoutNoiseIsCertain() {
    assertThat(Step.of(List.of(2.0, 2.0, 2.0, 2.0)).orElseThrow().probability()).isEqualTo(1);
    // Of places that are as likely, the first.
    assertThat(Step.of(List.of(2.0, 2.0, 2.0, 2.0, 2.0)).orElseThrow().after()).isEqualTo(2);
    // What rounding leaves of no noise is 1e-8 of the step: t is above 1e7, with two degrees.
    assertThat(Step.of(List.of(2.0, 2.0, 3.0, 3.0)).orElseThrow().probability()).isLessThan(1e-13);
  }
}
