package dev.patchgrad.bench.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.bench.launch.PreflightRequest;
import dev.patchgrad.bench.problem.GradientCost;
import dev.patchgrad.network.Precision;
import dev.patchgrad.reports.environment.Preflight;
import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.DoubleVector;
import org.junit.jupiter.api.Test;

/** The check before a run. */
class PreflightMainTest {
  private static final String GRADIENT = "dev.patchgrad.bench.suite.GradientBenchmark.gradient";

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private int run(PreflightRequest.Cell... cells) throws IOException {
    byte[] request =
        Json.writeCompact(new PreflightRequest(List.of(cells))).getBytes(StandardCharsets.UTF_8);
    return PreflightMain.run(
        new ByteArrayInputStream(request), new PrintStream(output, true, StandardCharsets.UTF_8));
  }

  private static PreflightRequest.Cell cell(String p, String kernel) {
    return new PreflightRequest.Cell(
        GRADIENT,
        Map.of("precision", "float", "p", p, "k", "4", "kernel", kernel, "level", "2KiB"));
  }

  @Test
  void itTellsTheJvmAndTheWorkOfEachCell() throws IOException {
    assertThat(run(cell("8", "scalar"), cell("16", "scalar"))).isZero();
    Preflight preflight = Preflight.fromJson(output.toString(StandardCharsets.UTF_8));
    // 2 KiB of float patches, 4 patches of 8: 2048 / 128 = 16 samples.
    GradientCost cost = GradientCost.of(16, 4, 8, Precision.FLOAT);
    assertThat(preflight.work())
        .hasSize(2)
        .contains(new Work(GRADIENT, cell("8", "scalar").params(), 16, cost.flops(), cost.bytes()));
    assertThat(preflight.jvm().version()).isEqualTo(Runtime.version().toString());
    assertThat(preflight.jvm().flags()).containsKeys("MaxVectorSize", "MaxHeapSize");
    assertThat(preflight.jvm().doubleSpecies().lanes())
        .isEqualTo(DoubleVector.SPECIES_PREFERRED.length());
    assertThat(preflight.jvm().collector()).isIn("G1", "Serial", "Parallel", "Z", "Shenandoah");
  }

  @Test
  void itNamesEachBadParameterOnce() throws IOException {
    assertThat(run(cell("0", "scalar"), cell("0", "foo"), cell("8", "foo"), cell("8", "scalar")))
        .isEqualTo(2);
    assertThat(output.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .contains("p: 0 given; expected at least 1")
        .anyMatch(line -> line.startsWith("kernel: 'foo' is unknown"));
  }
}
