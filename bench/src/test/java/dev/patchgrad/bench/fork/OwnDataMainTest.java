package dev.patchgrad.bench.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.bench.launch.OwnData;
import dev.patchgrad.bench.problem.NpyFiles;
import dev.patchgrad.reports.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of a user's own batch before a run: what it answers, and how it refuses a bad file. */
class OwnDataMainTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Path file() throws IOException {
    NpyFiles.doubles(folder.resolve("x.labels.npy"), "2,", 7, 8);
    return NpyFiles.doubles(folder.resolve("x.npy"), "2, 1, 3", 1, 2, 3, 4, 5, 6);
  }

  private int check(Path file, String... precisions) {
    List<String> arguments = new ArrayList<>(List.of(file.toString()));
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
