package dev.patchgrad.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.bench.launch.ForkFlags;
import dev.patchgrad.bench.launch.OwnData;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.reports.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.infra.ThreadParams;

/** A user's own batch: what a cell makes of it, and how a bad file is refused. */
class OwnBatchTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Path file() throws IOException {
    NpyFiles.doubles(folder.resolve("x.labels.npy"), "2,", 7, 8);
    return NpyFiles.doubles(folder.resolve("x.npy"), "2, 1, 3", 1, 2, 3, 4, 5, 6);
  }

  private int check(Path file, String... precisions) {
    List<String> arguments = new java.util.ArrayList<>(List.of(file.toString()));
    arguments.addAll(List.of(precisions));
    return OwnDataMain.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void theCheckTellsWhatTheFileHolds() throws IOException {
    assertThat(check(file())).isZero();
    OwnData data = Json.read(output(), Path.of("output"), OwnData.class);
    assertThat(data.identity()).matches("x\\.npy@[0-9a-f]{12}");
    assertThat(data)
        .isEqualTo(new OwnData(data.identity(), "double", 2, 1, 3, 48, data.openGates()));
    assertThat(data.params())
        .isEqualTo(
            Map.of(
                "data", List.of(data.identity()),
                "precision", List.of("double"),
                "p", List.of("3"),
                "k", List.of("1"),
                "level", List.of("48B")));
  }

  @Test
  void theShareOfOpenGatesIsCounted() throws IOException {
    PatchBatch batch = OwnBatch.of(file()).read(Precision.DOUBLE);
    double[] a = {1};
    // Both patches lie in the positive orthant: against e_1 all, against -e_1 none is open; and
    // against (5, 0, -1.9) the first, 5 - 5.7 < 0, is closed, the second, 20 - 11.4 > 0, open.
    assertThat(share(batch, new double[] {1, 0, 0}, a)).isEqualTo(1);
    assertThat(share(batch, new double[] {-1, 0, 0}, a)).isZero();
    assertThat(share(batch, new double[] {5, 0, -1.9}, a)).isEqualTo(0.5);
  }

  private static double share(PatchBatch batch, double[] v, double[] a) {
    return OwnBatch.openGates(batch, Student.weightNormalised(v, a));
  }

  @Test
  void identityFollowsTheElementsOfPatchesAndLabels() throws IOException {
    String before = OwnBatch.of(file()).identity();
    assertThat(OwnBatch.of(file()).identity()).isEqualTo(before);
    NpyFiles.doubles(folder.resolve("x.labels.npy"), "2,", 7, 9);
    assertThat(OwnBatch.of(folder.resolve("x.npy")).identity()).isNotEqualTo(before);
    file();
    NpyFiles.doubles(folder.resolve("x.npy"), "2, 1, 3", 1, 2, 3, 4, 5, 7);
    OwnBatch changed = OwnBatch.of(folder.resolve("x.npy"));
    assertThat(changed.identity()).isNotEqualTo(before);
    assertThatThrownBy(() -> changed.requireIdentity(before))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(before);
  }

  @Test
  void aCellMeasuresTheFilesSamplesInEitherPrecision() throws IOException, BadParametersException {
    Path file = NpyFiles.gaussian(folder.resolve("z.npy"), 5, 3, 2);
    for (String precision : List.of("float", "double")) {
      GradientBenchmark benchmark = new GradientBenchmark();
      benchmark.precision = precision;
      benchmark.p = 2;
      benchmark.k = 3;
      benchmark.kernel = "interleaved";
      benchmark.level = "120B";
      benchmark.data = file.toString();
      benchmark.setUp(new ThreadParams(0, 1, 0, 1, 0, 1, 0, 1, 0, 1));
      assertThat(benchmark.gradient()).isPositive();
      assertThat(benchmark.description()).contains("n=5,", "precision=" + precision);
    }
    PatchBatch floats = OwnBatch.of(file).read(Precision.FLOAT);
    PatchBatch doubles = OwnBatch.of(file).read(Precision.DOUBLE);
    assertThat(doubles.precision()).isEqualTo(Precision.DOUBLE);
    // A float is a double as it is.
    assertThat(doubles.patch(4, 2, 1)).isEqualTo(floats.patch(4, 2, 1)).isNotZero();
  }

  @Test
  void theLaunchersPropertyNamesTheFile() throws IOException {
    Properties properties = new Properties();
    properties.setProperty(ForkFlags.DATA_PROPERTY, file().toString());
    assertThat(OwnBatch.of("x.npy@0123456789ab", properties).orElseThrow().p()).isEqualTo(3);
    assertThat(OwnBatch.of("generated", properties)).isEmpty();
  }

  @Test
  void pAndKThatAreNotTheFilesAreRefused() throws IOException {
    Map<String, String> cell =
        Map.of(
            "precision",
            "double",
            "p",
            "8",
            "k",
            "16",
            "kernel",
            "scalar",
            "level",
            "L2",
            "data",
            file().toString());
    assertThatThrownBy(
            () ->
                GradientProblem.check(cell, MemoryLevel.of(System.getProperties()), Long.MAX_VALUE))
        .isInstanceOf(BadParametersException.class)
        .hasMessage("p: 8 given; expected 3, as data says\nk: 16 given; expected 1, as data says");
  }

  private void assertRefused(Path file, String... parts) {
    out.reset();
    assertThat(check(file)).isEqualTo(2);
    assertThat(output()).doesNotContain("\n").startsWith("data: ").contains(parts);
  }

  @Test
  void badFilesAreRefusedInOneLineThatNamesFileValueAndExpectation() throws IOException {
    Path missing = folder.resolve("none.npy");
    assertRefused(missing, missing + " is not there; expected a file of patches (n, k, p)");
    assertRefused(folder, folder + " cannot be read", "expected an .npy file");
    Path alone = NpyFiles.doubles(folder.resolve("alone.npy"), "1, 1, 1", 1);
    assertRefused(alone, "alone.labels.npy is not there; expected the labels (n,)");
    Path flat = NpyFiles.doubles(folder.resolve("flat.npy"), "2, 3", 1, 2, 3, 4, 5, 6);
    assertRefused(flat, "flat.npy: shape [2, 3] found; expected shape (n, k, p)");
    Path whole = NpyFiles.write(folder.resolve("whole.npy"), "<i8", "1, 1, 1", new byte[8]);
    assertRefused(
        whole, "whole.npy: dtype '<i8' found; expected patches of float16, float32 or float64");
    Path cut = NpyFiles.write(folder.resolve("cut.npy"), "<f8", "1, 1, 2", new byte[9]);
    assertRefused(cut, "cut.npy: ", "too short found; expected");
    NpyFiles.doubles(folder.resolve("nan.labels.npy"), "1,", 1);
    Path nan = NpyFiles.doubles(folder.resolve("nan.npy"), "1, 1, 2", 1, Double.NaN);
    assertRefused(nan, "nan.npy: patches[1]: NaN given; expected");
    NpyFiles.doubles(folder.resolve("x.labels.npy"), "3,", 7, 8, 9);
    Path odd = NpyFiles.doubles(folder.resolve("x.npy"), "2, 1, 1", 1, 2);
    assertRefused(odd, "x.labels.npy: 3 labels found; expected 2");
    Path text = Files.writeString(folder.resolve("text.npy"), "1,2,3,4,5,6,7,8,9");
    assertRefused(text, "text.npy: ", "expected an .npy file");
    Path empty = NpyFiles.doubles(folder.resolve("empty.npy"), "0, 1, 1");
    assertRefused(empty, "empty.npy: n = 0 found; expected 1 to");
  }

  @Test
  void whatAnotherPrecisionCannotHoldIsRefused() throws IOException {
    NpyFiles.doubles(folder.resolve("big.labels.npy"), "1,", 1);
    Path big = NpyFiles.doubles(folder.resolve("big.npy"), "1, 1, 2", 1, 1e300);
    assertThat(check(big)).isZero();
    out.reset();
    assertThat(check(big, "float")).isEqualTo(2);
    assertThat(output())
        .startsWith("data: " + big + " in float: patches[1]: Infinity given; expected");
    out.reset();
    assertThat(check(big, "half")).isEqualTo(2);
    assertThat(output()).isEqualTo("precision: 'half' is unknown; expected float or double");
  }
}
