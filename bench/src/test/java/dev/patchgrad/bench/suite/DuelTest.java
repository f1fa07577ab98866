package dev.patchgrad.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.reports.duel.Bout;
import dev.patchgrad.reports.duel.DuelException;
import dev.patchgrad.reports.duel.DuelResult;
import dev.patchgrad.reports.duel.DuelRow;
import dev.patchgrad.reports.duel.Guard;
import dev.patchgrad.reports.duel.Side;
import dev.patchgrad.reports.environment.HardwareProbe;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets two kernels of the gradient suite meet in a duel of real forks. */
class DuelTest {
  private static final Bout.Rules RULES =
      new Bout.Rules(
          .01, Optional.empty(), Duration.ofSeconds(1), 2, true, false, Duration.ofSeconds(60));

  @TempDir private Path folder = Path.of("");

  private final StringWriter progress = new StringWriter();

  private Bout bout() {
    return new Bout(new PrintWriter(progress), Guard.by(() -> false));
  }

  private static List<String> side(String kernel) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "dev.patchgrad.bench.launch.Launcher",
            "Gradient.*",
            "-Dbench.p=8"));
    for (String param : List.of("k=2", "level=L1", "precision=double")) {
      words.addAll(List.of("-p", param));
    }
    words.addAll(List.of("-p", "kernel=" + kernel));
    words.addAll(List.of("-e", "Gradients", "-wi", "1", "-w", "20ms", "-i", "3", "-r", "20ms"));
    return words;
  }

  @Test
  void twoKernelsMeetInTurnsAndEveryForkIsKept() throws Exception {
    Path kept = folder.resolve("kept.jsonl");
    DuelResult result = bout().fight(new Side(side("scalar")), new Side(side("ejml")), RULES, kept);
    assertThat(result.failures()).isEmpty();
    // A against B, and A against itself; a second is over after the first pair of each.
    assertThat(result.rows()).extracting(DuelRow::floor).containsExactly(false, true);
    for (DuelRow row : result.rows()) {
      assertThat(row.mode()).isEqualTo("thrpt");
      assertThat(row.cell().params()).containsEntry("p", "8").doesNotContainKey("kernel");
      assertThat(row.a().get(0)).isPositive();
    }
    long forks = result.rows().stream().mapToLong(DuelRow::forks).sum();
    assertThat(Files.readAllLines(kept)).hasSize((int) forks);
    assertThat(Files.readString(kept)).contains("\"kernel\":\"ejml\"", "\"rawData\"");
    // The launcher told the forks the caches' sizes, where the system does, and recorded nothing.
    for (String level : HardwareProbe.cacheBytes().keySet()) {
      assertThat(Files.readString(kept)).contains("-Dpatchgrad.cache." + level + "=");
    }
    assertThat(progress.toString()).contains("(A against itself): ");
  }

  @Tag("thorough")
  @Test
  void aSideThatFailsIsToldWithItsLastLines() throws Exception {
    List<String> broken = new ArrayList<>(side("ejml"));
    broken.addAll(List.of("-prof", "NoSuchProfiler"));
    DuelResult result =
        bout()
            .fight(new Side(side("scalar")), new Side(broken), RULES, folder.resolve("kept.jsonl"));
    assertThat(result.failures().values())
        .anyMatch(reason -> reason.contains("side B failed") && reason.contains("NoSuchProfiler"));
  }

  @Test
  void sidesWithoutACommonBenchmarkDoNotMeet() {
    List<String> other = new ArrayList<>(side("scalar"));
    other.set(other.indexOf("Gradient.*"), "NoSuchBenchmark");
    assertThatThrownBy(
            () ->
                bout()
                    .fight(
                        new Side(side("scalar")),
                        new Side(other),
                        RULES,
                        folder.resolve("kept.jsonl")))
        .isInstanceOf(DuelException.class)
        .hasMessageContaining("lists no benchmark");
  }
}
