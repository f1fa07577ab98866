package dev.patchgrad.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ParamOrderTest {
  /** Whatever order they come in: else a sort could refuse it, or depend on it. */
  @Test
  void numbersAreOrderedBySizeAndBeforeTexts() {
    List<Map<String, String>> expected =
        List.of(
            Map.of(),
            Map.of("size", "-2"),
            Map.of("size", "9"),
            new TreeMap<>(Map.of("size", "9", "type", "a")),
            Map.of("size", "10"),
            Map.of("size", "10.5"),
            Map.of("size", "1000"),
            Map.of("size", "1e3"),
            Map.of("size", "many"),
            Map.of("type", "1"));
    for (int seed = 0; seed < 20; seed++) {
      List<Map<String, String>> shuffled = new ArrayList<>(expected);
      Collections.shuffle(shuffled, new Random(seed));
      shuffled.sort(ParamOrder.INSTANCE);
      assertThat(shuffled).isEqualTo(expected);
    }
  }
}
