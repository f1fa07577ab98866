package dev.patchgrad.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Holds what is known of a mean when one looks after each value. */
class ConfidenceSequenceTest {
  private static final double ALPHA = .05;

  @Test
  void aLookAfterEachOfSixtyValuesMissesTheMeanInAtMostFivePercentOfSeries() {
    Random random = new Random(20261127);
    int series = 4000;
    int missed = 0;
    for (int i = 0; i < series; i++) {
      missed += misses(random, 60) ? 1 : 0;
    }
    // Ville's bound is 5 %; four standard deviations of a share of 5 % in 4000 are 1.4 %.
    assertThat(missed).isLessThanOrEqualTo((int) (series * (ALPHA + .014)));
    // A bound that never misses would be too wide to decide anything.
    assertThat(missed).isGreaterThan(series / 100);
  }

  private static boolean misses(Random random, int length) {
    List<Double> values = new ArrayList<>();
    boolean missed = false;
    for (int n = 0; n < length; n++) {
      values.add(3 + 7 * random.nextGaussian());
      ConfidenceSequence sequence = ConfidenceSequence.of(values);
      missed |=
          sequence.halfWidth(ALPHA).filter(h -> Math.abs(sequence.mean() - 3) > h).isPresent();
    }
    return missed;
  }

  @Test
  void theIntervalHoldsTheMeansWhoseEvidenceIsBelowTheBound() {
    ConfidenceSequence sequence = ConfidenceSequence.of(List.of(1.0, 2.0, 4.0, 3.0, 2.5));
    double half = sequence.halfWidth(ALPHA).orElseThrow();
    // Both come from one formula, solved once for m and once for the probability: rounding alone.
    assertThat(sequence.probability(sequence.mean() + half)).isCloseTo(ALPHA, within(1e-12));
    assertThat(sequence.probability(sequence.mean() - half)).isCloseTo(ALPHA, within(1e-12));
    assertThat(sequence.probability(sequence.mean() + 1.01 * half)).isLessThan(ALPHA);
    assertThat(sequence.probability(sequence.mean() + .99 * half)).isGreaterThan(ALPHA);
  }

  @Test
  void theEvidenceIsThatOfTheFormula() {
    // n = 3, x = 1, 2, 4, m = 0: S = 7, V = 21, c^2 = 0.1,
    // M = sqrt(0.1/3.1) (21/(21 - 49/3.1))^1.5 = 1.4603327, to eight digits.
    assertThat(ConfidenceSequence.of(List.of(1.0, 2.0, 4.0)).probability(0))
        .isCloseTo(1 / 1.4603327, within(1e-7));
  }

  @Test
  void aShiftOrAScaleOfTheValuesShiftsAndScalesTheInterval() {
    double half = ConfidenceSequence.of(List.of(1.0, 2.0, 4.0, 3.0)).halfWidth(ALPHA).orElseThrow();
    // Powers of two and small integers: exact.
    assertThat(ConfidenceSequence.of(List.of(9.0, 10.0, 12.0, 11.0)).halfWidth(ALPHA))
        .hasValue(half);
    assertThat(ConfidenceSequence.of(List.of(4.0, 8.0, 16.0, 12.0)).halfWidth(ALPHA))
        .hasValue(4 * half);
  }

  @Test
  void twoValuesBoundNothing() {
    assertThat(ConfidenceSequence.of(List.of(1.0)).halfWidth(ALPHA)).isEmpty();
    assertThat(ConfidenceSequence.of(List.of(1.0, 1.1)).halfWidth(ALPHA)).isEmpty();
    assertThat(ConfidenceSequence.of(List.of(1.0)).probability(0)).isEqualTo(1);
  }

  @Test
  void valuesThatAreNoneAreRefused() {
    assertThatThrownBy(() -> ConfidenceSequence.of(List.of()))
        .hasMessage("values: none given; expected at least 1");
    assertThatThrownBy(() -> ConfidenceSequence.of(List.of(1.0, Double.NaN)))
        .hasMessage("values: NaN given; expected finite numbers");
  }

  @Test
  void valuesThatAllAreTheHypothesisAreNoEvidenceAgainstIt() {
    assertThat(ConfidenceSequence.of(List.of(.5, .5, .5)).probability(.5)).isEqualTo(1);
  }
}
