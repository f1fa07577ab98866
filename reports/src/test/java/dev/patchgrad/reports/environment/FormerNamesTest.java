package dev.patchgrad.reports.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records and command lines of before say the same as those of today. */
final class FormerNamesTest {
  private static final String NOW = "dev.patchgrad.bench.suite.StudentsBenchmark.together";

  @Test
  void aRecordOfBeforeIsOneOfToday() {
    Work before =
        new Work(
            "dev.patchgrad.bench.RestartsBenchmark.together",
            Map.of("restarts", "16", "p", "8"),
            1,
            2,
            3);
    assertThat(before).isEqualTo(new Work(NOW, Map.of("students", "16", "p", "8"), 1, 2, 3));
  }

  @Test
  void aSuiteOfBeforeIsFoundInItsRoomAndOneOfTodayStaysThere() {
    String now = "dev.patchgrad.bench.suite.GradientBenchmark.gradient";
    assertThat(FormerNames.benchmark("dev.patchgrad.bench.GradientBenchmark.gradient"))
        .isEqualTo(now);
    assertThat(FormerNames.benchmark(now)).isEqualTo(now);
  }

  @Test
  void anotherSuitesParameterOfTheFormerNameStaysWhatItIs() {
    String other = "org.example.SearchBenchmark.search";
    assertThat(FormerNames.benchmark(other)).isEqualTo(other);
    assertThat(FormerNames.params(other, Map.of("restarts", "5"))).containsKey("restarts");
  }

  @Test
  void aPatternOfBeforeFindsTheSuiteOfToday() {
    assertThat(FormerNames.pattern("GradientBenchmark|RestartsBenchmark.blocks"))
        .isEqualTo("GradientBenchmark|StudentsBenchmark.blocks");
    assertThat(FormerNames.pattern("^dev\\.patchgrad\\.bench\\.RoofBenchmark\\.fma$"))
        .isEqualTo("^dev\\.patchgrad\\.bench\\.suite\\.RoofBenchmark\\.fma$");
    assertThat(FormerNames.pattern("dev.patchgrad.bench.RoofBenchmark"))
        .isEqualTo("dev.patchgrad.bench.suite.RoofBenchmark");
    assertThat(FormerNames.parameter("restarts")).isEqualTo("students");
    assertThat(FormerNames.parameter("kernel")).isEqualTo("kernel");
  }
}
