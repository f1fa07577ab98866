package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConversionCostTest {
  @Test
  void measuredSizesHaveTheirCostAndThoseBetweenLieBetween() {
    double small = ConversionCost.gradients(256 << 10);
    double large = ConversionCost.gradients(4 << 20);
    assertThat(small).isGreaterThan(large);
    // 1 MiB is half-way by the logarithm: the geometric mean, but for rounding.
    assertThat(ConversionCost.gradients(1 << 20))
        .isCloseTo(Math.sqrt(small * large), org.assertj.core.api.Assertions.within(1e-12 * small));
  }

  @Test
  void beyondTheMeasuredSizesTheLastHolds() {
    assertThat(ConversionCost.gradients(1)).isEqualTo(ConversionCost.gradients(64 << 10));
    assertThat(ConversionCost.gradients(1e12)).isEqualTo(ConversionCost.gradients(64 << 20));
  }
}
