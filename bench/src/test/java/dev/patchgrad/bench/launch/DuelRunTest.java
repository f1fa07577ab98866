package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.environment.HardwareProbe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets two kernels meet by -Dbench.duel, with JVMs of their own, on the smallest of cells. */
class DuelRunTest {
  @TempDir private Path folder = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("-Dbench.runs=" + folder.resolve("runs")));
    all.addAll(List.of(arguments));
    Properties system = new Properties();
    system.setProperty("java.class.path", System.getProperty("java.class.path"));
    return new Launcher(
            system,
            Map.of(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Duration.ofMillis(50),
            new Interrupt())
        .run(all);
  }

  private String console() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String complaints() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void twoKernelsMeetOverTheGridAndTheirDuelIsRecorded() throws IOException {
    int code =
        run(
            "-Dbench.duel=scalar,ejml",
            "-Dbench.p=3,8",
            "-Dbench.k=2",
            "-Dbench.precision=double",
            "-Dbench.level=L1",
            "-f",
            "1",
            "-wi",
            "1",
            "-w",
            "20ms",
            "-i",
            "2",
            "-r",
            "20ms");
    assertThat(complaints()).isEmpty();
    assertThat(code).isZero();
    List<Path> duels;
    try (Stream<Path> found = Files.list(folder.resolve("runs").resolve("duels"))) {
      duels = found.toList();
    }
    assertThat(duels).hasSize(1);
    Path duel = duels.get(0);
    assertThat(console())
        .contains("# a duel: A is scalar, B is ejml", "p=3", "p=8", "geometric mean of B over A")
        .contains("Recorded in " + duel)
        .contains("Page: " + duel.resolve("index.html"))
        .doesNotContain("RoofBenchmark");
    // A pair for each of the two shapes, and nothing beside the duel: the sides recorded no runs.
    assertThat(Files.readAllLines(duel.resolve("forks.jsonl"))).hasSize(2);
    // Where the system tells them.
    for (String level : HardwareProbe.cacheBytes().keySet()) {
      assertThat(Files.readString(duel.resolve("forks.jsonl")))
          .contains("-Dpatchgrad.cache." + level + "=");
    }
    assertThat(duel.resolve("machine.json")).content().contains("-Dbench.duel=scalar,ejml");
    assertThat(duel.resolve("duel.json")).content().contains("kernel=ejml");
    try (Stream<Path> files = Files.list(folder.resolve("runs"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void whatCannotMeetIsRefusedBeforeAnythingIsMeasured() {
    assertThat(run("-Dbench.duel=vector,no-such-kernel", "-Dbench.p=8")).isEqualTo(Launcher.USAGE);
    assertThat(complaints()).contains("kernel: 'no-such-kernel'", "single-touch");
    assertThat(run("-Dbench.duel=vector")).isEqualTo(Launcher.USAGE);
    assertThat(complaints())
        .contains(
            "-Dbench.duel: 'vector' given; expected two kernels, such as vector,single-touch");
    assertThat(run("-Dbench.duel=scalar,vector", "-Dbench.kernel=ejml", "-Dbench.quick"))
        .isEqualTo(Launcher.USAGE);
    assertThat(complaints())
        .contains("kernel: ejml given beside -Dbench.duel", "-Dbench.quick: given beside");
    assertThat(run("-Dbench.duel=scalar,vector", "RoofBenchmark.read")).isEqualTo(Launcher.USAGE);
    assertThat(complaints()).contains("has kernels; expected one such as GradientBenchmark");
    assertThat(folder.resolve("runs")).doesNotExist();
  }
}
