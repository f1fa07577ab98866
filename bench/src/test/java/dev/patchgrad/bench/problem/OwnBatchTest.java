package dev.patchgrad.bench.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.bench.launch.ForkFlags;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's own batch: its elements, what names it, and the gates that it opens. */
class OwnBatchTest {
  @TempDir private Path folder;

  private Path file() throws IOException {
    NpyFiles.doubles(folder.resolve("x.labels.npy"), "2,", 7, 8);
    return NpyFiles.doubles(folder.resolve("x.npy"), "2, 1, 3", 1, 2, 3, 4, 5, 6);
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
  void aFloatIsADoubleAsItIs() throws IOException {
    Path file = NpyFiles.gaussian(folder.resolve("z.npy"), 5, 3, 2);
    PatchBatch floats = OwnBatch.of(file).read(Precision.FLOAT);
    PatchBatch doubles = OwnBatch.of(file).read(Precision.DOUBLE);
    assertThat(doubles.precision()).isEqualTo(Precision.DOUBLE);
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
                GradientProblem.check(
                    cell, MemoryLevel.of(System.getProperties()), new Heap(Long.MAX_VALUE)))
        .isInstanceOf(BadParametersException.class)
        .hasMessage("p: 8 given; expected 3, as data says\nk: 16 given; expected 1, as data says");
  }
}
