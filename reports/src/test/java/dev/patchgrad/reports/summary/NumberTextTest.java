package dev.patchgrad.reports.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.statistics.Interval;
import dev.patchgrad.reports.statistics.Ratio;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumberTextTest {
  @ParameterizedTest
  @CsvSource({
    "1234, 1234",
    "12.34, 12.3",
    "1.234, 1.23",
    "0.1234, 0.123",
    "0.0012, 0.001",
    "0.0005, 0.001",
    "0.000499, 4.99e-04",
    "0.00001, 1.00e-05",
    "1e-300, 1.00e-300",
    "0, 0.000",
  })
  void nothingThatIsAboveZeroIsWrittenAsZero(double value, String text) {
    assertThat(NumberText.three(value)).isEqualTo(text);
  }

  @Test
  void aRatioOfOneInTenThousandIsSeen() {
    assertThat(
            NumberText.ratio(Optional.of(new Ratio(1e-4, Optional.of(new Interval(9e-5, 2e-4))))))
        .isEqualTo("1.00e-04x [9.00e-05, 2.00e-04]");
  }
}
