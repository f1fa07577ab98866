package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasuredCurveTest {
  private final MeasuredCurve curve = MeasuredCurve.of(Map.of(4.0, 9.0, 64.0, 1.0));

  @Test
  void itGoesThroughWhatWasMeasured() {
    assertThat(curve.at(4)).isEqualTo(9);
    assertThat(curve.at(64)).isEqualTo(1);
  }

  @Test
  void halfWayByTheLogarithmIsTheGeometricMean() {
    // sqrt(4 * 64) = 16 and sqrt(9 * 1) = 3; three logarithms and an exponential round by an ulp.
    assertThat(curve.at(16)).isCloseTo(3, within(1e-14));
  }

  @Test
  void beyondTheMeasuredSizesTheLastHolds() {
    assertThat(curve.at(1)).isEqualTo(9);
    assertThat(curve.at(1e12)).isEqualTo(1);
  }
}
