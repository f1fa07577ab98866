package dev.patchgrad.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A study on a cluster counts what one JVM counts, and what the paper's experiments did. */
@ExtendWith(Cluster.class)
class SuccessStudyTest {
  /** Starts that fill no block, blocks that fill no task, and fewer blocks than tasks. */
  @ParameterizedTest
  @CsvSource({"1", "499", "500", "7321"})
  void theCountsAreThoseOfOneJvm(int starts, JavaSparkContext spark) {
    SuccessStudy study =
        SuccessStudy.of(
            new SuccessStudy.Settings(
                List.of(4, 9), List.of(0., 1., 2.5), List.of(.25, 1.), 6, .1, starts, 1000, 42));
    List<SuccessStudy.Cell> cells = study.run(spark);
    assertThat(cells).isEqualTo(study.runHere()).hasSize(12);
    assertThat(cells).allMatch(cell -> cell.counts().starts() == starts);
    assertThat(cells.get(4))
        .extracting(SuccessStudy.Cell::k, SuccessStudy.Cell::rho, SuccessStudy.Cell::squares)
        .containsExactly(9, 1., .25);
  }

  /** The table that the suites' program wrote, with its default settings, by threads of one JVM. */
  @Test
  void theSharesAreThoseOfThePapersExperiments(JavaSparkContext spark) throws IOException {
    List<String> shares = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("../reports/paper/README.md"))) {
      if (line.matches("\\| \\d+ \\|( [01]\\.\\d{3} \\|){6}") && shares.size() < 36) {
        for (String share : List.of(line.split("\\|", -1)).subList(2, 8)) {
          shares.add(share.strip());
        }
      }
    }
    assertThat(shares).hasSize(36);
    assertThat(SuccessStudy.of(SuccessOnCluster.settings()).run(spark))
        .extracting(cell -> String.format(Locale.ROOT, "%.3f", cell.share()))
        .isEqualTo(shares);
  }

  @Test
  void whatIsNoStudyIsRefused() {
    assertRefused("k: [] given; expected at least one value", List.of(), .1, .1);
    assertRefused("k: 0 given; expected at least 1", List.of(0), .1, .1);
    assertRefused("rho: 5.0 given; expected 0 to k = 4", List.of(4), 5, .1);
    assertRefused("rho: -1.0 given; expected 0 to k = 4", List.of(4), -1, .1);
    assertRefused("stepSize: 2.1 given; expected above 0 and below 2.0", List.of(4), 1, 2.1);
    assertThatThrownBy(() -> SuccessOnCluster.settings("start=1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'start=1' given; expected NAME=VALUE with a name of [k, rho, ");
    assertThatThrownBy(() -> SuccessOnCluster.settings("k=4,"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k: '' given; expected a number");
  }

  private static void assertRefused(String message, List<Integer> k, double rho, double step) {
    assertThatThrownBy(
            () -> new SuccessStudy.Settings(k, List.of(rho), List.of(.25), 6, step, 100, 1000, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
