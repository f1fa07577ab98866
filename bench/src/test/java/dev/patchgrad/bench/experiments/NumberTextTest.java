package dev.patchgrad.bench.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How numbers are written. */
class NumberTextTest {
  @Test
  void aSettingHasTheDigitsThatItHas() {
    assertThat(NumberText.shortest(4)).isEqualTo("4");
    assertThat(NumberText.shortest(.25)).isEqualTo("0.25");
    assertThat(NumberText.shortest(1e-10)).isEqualTo("1e-10");
    assertThat(NumberText.shortest(1.5e-5)).isEqualTo("1.5e-5");
  }

  @Test
  void aMeasuredNumberHasTheDigitsThatAreAskedFor() {
    assertThat(NumberText.fixed(.99375, 4)).isEqualTo("0.9938");
    assertThat(NumberText.significant(.0083412, 2)).isEqualTo("0.0083");
    assertThat(NumberText.significant(2.64e-5, 2)).isEqualTo("2.6e-05");
  }
}
