package dev.patchgrad.reports.duel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds that duels drawn from recorded pairs of equal sides rarely call one of them faster. */
class DuelFloorTest {
  @Test
  void duelsDrawnFromPairsOfEqualSidesCallFewFaster() {
    Random random = new Random(3);
    List<List<Double>> recorded =
        Stream.generate(() -> Stream.generate(() -> .03 * random.nextGaussian()).limit(10).toList())
            .limit(20)
            .toList();
    // At most 5 %, and four standard deviations of that share among 4000 are 1.4 %.
    assertThat(DuelFloor.simulatedFalse(recorded, 4000, 10, 5)).isBetween(0.001, .064);
  }
}
