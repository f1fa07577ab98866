package dev.patchgrad.bench.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.choice.KernelChooser;
import dev.patchgrad.reports.choice.TimesTableRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the reports' rules for a table of measured times to those of core's own reader: what the
 * one takes, the other takes, over tables with a field or a line that is wrong.
 */
final class TimesTableRulesTest {
  private static final List<String> WRONG =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "1",
          "08",
          "8",
          "1.5",
          "1e3",
          "1E3",
          "NaN",
          "0.99",
          "1234567890",
          "x",
          "half",
          "float",
          "within",
          "students",
          "restarts",
          "scalar",
          "#",
          "time",
          "machine",
          "fact",
          "l1-kib",
          "l2-bytes-per-flop");

  @TempDir private Path folder;

  private static List<String> sound() {
    List<String> lines = new ArrayList<>();
    lines.add("patchgrad-measured-times\t1");
    lines.add("microarchitecture\tZen 3\tAuthenticAMD\t25\t1,33");
    lines.add("machine\tm\tZen 3\tAuthenticAMD\tAMD EPYC\t25\t1\t2\t2\tavx2\t256\tnone\t25\t2026");
    lines.add("fact\tm\tl1-kib\t32");
    lines.add("fact\tm\tl2-bytes-per-flop\t1.984");
    lines.add("fact\tm\textensions\tavx2 avx");
    for (String precision : List.of("double", "float")) {
      for (String kernel : List.of("scalar", "students")) {
        lines.add("time\tm\t" + precision + "\t8\t1\t8\t16\t100\t" + kernel + "\t1.0000\twithin");
      }
    }
    return lines;
  }

  /** A table with one or two things wrong, or none. */
  private static String damaged(SplittableRandom random) {
    List<String> lines = sound();
    for (int i = random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(lines.size());
      String[] fields = lines.get(at).split("\t", -1);
      switch (random.nextInt(8)) {
        case 0 -> lines.add(at, lines.get(random.nextInt(lines.size())));
        case 1 -> lines.remove(at);
        case 2 -> lines.set(at, lines.get(at) + "\t");
        default -> {
          fields[random.nextInt(fields.length)] = WRONG.get(random.nextInt(WRONG.size()));
          lines.set(at, String.join("\t", fields));
        }
      }
    }
    return String.join("\n", lines) + "\n";
  }

  @Test
  void whatTheRulesTakeTheLibraryTakesAndNothingElse() throws IOException {
    SplittableRandom random = new SplittableRandom(20261127);
    Path file = folder.resolve("table.tsv");
    int taken = 0;
    int tables = 3000;
    for (int i = 0; i < tables; i++) {
      String table = damaged(random);
      Files.writeString(file, table);
      String reason =
          TimesTableRules.complaint(table).map(TimesTableRules.Complaint::reason).orElse("");
      try {
        KernelChooser.ofTable(file);
        taken++;
        assertThat(reason).as(table).isEmpty();
      } catch (IllegalArgumentException e) {
        assertThat(reason).as(table).isNotEmpty();
        assertThat(e)
            .as(table)
            .satisfiesAnyOf(
                refusal -> assertThat(refusal).hasMessageContaining("first line"),
                refusal -> assertThat(refusal).hasMessageEndingWith(reason));
      }
    }
    // A third has nothing wrong, and more where the wrong field may hold anything.
    assertThat(taken).isBetween(tables / 3, tables * 9 / 10);
  }
}
