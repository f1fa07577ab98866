package dev.patchgrad.bench.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How numbers are written. */
class PaperNumbersTest {
  @Test
  void aSettingHasTheDigitsThatItHas() {
    assertThat(PaperNumbers.shortest(4)).isEqualTo("4");
    assertThat(PaperNumbers.shortest(.25)).isEqualTo("0.25");
    assertThat(PaperNumbers.shortest(1e-10)).isEqualTo("1e-10");
    assertThat(PaperNumbers.shortest(1.5e-5)).isEqualTo("1.5e-5");
  }

  @Test
  void aMeasuredNumberHasTheDigitsThatAreAskedFor() {
    assertThat(PaperNumbers.fixed(.99375, 4)).isEqualTo("0.9938");
    assertThat(PaperNumbers.significant(.0083412, 2)).isEqualTo("0.0083");
    assertThat(PaperNumbers.significant(2.64e-5, 2)).isEqualTo("2.6e-05");
  }
}
