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

  @ParameterizedTest
  @CsvSource({
    "0.000532438, us/op, 0.000532 us/op",
    "0.0995, us/op, 0.0995 us/op",
    "1234.5, us/op, 1235 us/op",
    "1e-7, s/op, 1.00e-07 s/op",
    "12300000, ops/s, 12.3 M ops/s",
    "0.25, ops/us, 0.250 ops/us",
  })
  void aValueKeepsItsUnitAndThreeDigits(double value, String unit, String text) {
    assertThat(NumberText.inUnit(value, unit)).isEqualTo(text);
  }
}
