package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.patchgrad.network.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Reads thousands of damaged tables of measured times: each gives its points, or is refused with
 * its line; nothing else is thrown, and nothing hangs.
 */
final class DamagedTablesTest {
  /** A safety net: all tables together take about a second. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final List<String> WRONG =
      List.of(
          "",
          " ",
          "-1",
          "0",
          "08",
          "1e400",
          "9".repeat(2000),
          "1" + ".1".repeat(20_000),
          "1E999",
          "NaN",
          "\ud800",
          "\0",
          "\u001b[31m",
          "x".repeat(100_000),
          "word ".repeat(6000),
          ",".repeat(5000),
          "$1 \\ ${x}",
          "#",
          "time",
          "machine",
          "\t",
          "\n",
          "\r");

  private static List<String> sound() throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(MeasuredTimes.class.getResourceAsStream("measured-times.tsv"))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().limit(60).toList();
    }
  }

  private static String damaged(List<String> sound, SplittableRandom random) {
    List<String> lines = new ArrayList<>(sound);
    for (int i = 1 + random.nextInt(2); i > 0 && !lines.isEmpty(); i--) {
      // Half of the damage is in the first lines, where the machines are.
      int at = random.nextInt(random.nextBoolean() ? Math.min(8, lines.size()) : lines.size());
      String line = lines.get(at);
      switch (random.nextInt(8)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(at, line);
        case 2 -> lines.set(at, line.substring(0, random.nextInt(line.length() + 1)));
        case 3 -> lines = new ArrayList<>(lines.subList(0, at));
        default -> {
          String[] fields = line.split("\t", -1);
          fields[random.nextInt(fields.length)] = WRONG.get(random.nextInt(WRONG.size()));
          lines.set(at, String.join("\t", fields));
        }
      }
    }
    return String.join("\n", lines);
  }

  @Test
  void aDamagedTableIsReadOrRefusedWithItsLine() throws IOException {
    SplittableRandom random = new SplittableRandom(20261127);
    List<String> sound = sound();
    int tables = 3000;
    int refused =
        assertTimeoutPreemptively(
            LONGEST,
            () -> {
              int count = 0;
              for (int i = 0; i < tables; i++) {
                count += isRefused(damaged(sound, random)) ? 1 : 0;
              }
              return count;
            });
    // A name may be anything, and a line less is no fault: some of each.
    assertThat(refused).isBetween(tables / 4, tables * 9 / 10);
  }

  private static boolean isRefused(String table) throws IOException {
    MeasuredTimes times;
    try {
      times = MeasuredTimes.read(new StringReader(table), "table.tsv");
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("table.tsv");
      return true;
    }
    for (MeasuredTimes.Recorded machine : times.machines()) {
      for (Precision precision : Precision.values()) {
        assertThat(times.points(machine.id(), precision))
            .allMatch(point -> point.p() >= 1 && point.k() >= 1 && point.n() >= 1);
      }
    }
    return false;
  }
}
