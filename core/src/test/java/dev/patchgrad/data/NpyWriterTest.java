package dev.patchgrad.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Teacher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written part by part is what was given, as NumPy would have written it. */
class NpyWriterTest {
  @TempDir private Path folder;

  private static PatchBatch batch(int n, int k, Precision precision) {
    double[] a = new double[k];
    java.util.Arrays.fill(a, 1);
    return GaussianData.of(Teacher.of(new double[] {1, 2, 3}, a)).n(n).seed(1).batch(precision);
  }

  /** Longer than one chunk, in parts of another layout, over a file that was there before. */
  @ParameterizedTest
  @EnumSource
  void aFileThatIsWrittenInPartsIsReadAsTheWhole(Precision precision) throws IOException {
    PatchBatch whole = batch(5001, 5, precision);
    Path file = Files.write(folder.resolve("x.npy"), new byte[1 << 20]);
    try (NpyWriter writer = NpyWriter.create(file, 5001)) {
      writer.add(whole.slice(0, 1));
      writer.add(whole.slice(1, 4900));
      writer.add(whole.slice(4900, 5001).toLayout(Layout.interleaved(4)));
      assertThat(writer).hasToString("NpyWriter[" + file + ", 5001 of 5001 samples]");
    }
    PatchBatch read = NpyBatch.read(file);
    assertThat(read.precision()).isEqualTo(precision);
    assertThat(read.n()).isEqualTo(5001);
    assertThat(read.k()).isEqualTo(5);
    for (int i = 0; i < 5001; i += 7) {
      for (int j = 0; j < 5; j++) {
        for (int c = 0; c < 3; c++) {
          assertThat(read.patch(i, j, c)).isEqualTo(whole.patch(i, j, c));
        }
      }
      assertThat(read.label(i)).isEqualTo(whole.label(i));
    }
    byte[] bytes = Files.readAllBytes(file);
    int length = bytes.length - 5001 * 15 * precision.bytes();
    assertThat(length % 64).isZero();
    assertThat(new String(bytes, 10, length - 10, StandardCharsets.US_ASCII))
        .startsWith(
            "{'descr': '<f%d', 'fortran_order': False, 'shape': (5001, 5, 3), } "
                .formatted(precision.bytes()))
        .endsWith(" \n");
  }

  @Test
  void whatDoesNotFitIsRefusedAndNothingOfItWritten() throws IOException {
    Path file = folder.resolve("x.npy");
    NpyWriter writer = NpyWriter.create(file, 10);
    writer.add(batch(4, 5, Precision.DOUBLE));
    for (PatchBatch other :
        new PatchBatch[] {batch(2, 4, Precision.DOUBLE), batch(2, 5, Precision.FLOAT)}) {
      assertThatThrownBy(() -> writer.add(other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected k, p and precision of the first: 5, 3, double");
    }
    assertThatThrownBy(() -> writer.add(batch(7, 5, Precision.DOUBLE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected at most 6 samples more");
    assertThatThrownBy(writer::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(file + ": closed after 4 samples; expected 10");
    writer.close();
    assertThatThrownBy(() -> NpyDataSet.open(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("which is too short");
  }

  @Test
  void filesThatCannotBeMadeAreNamed() {
    assertThatThrownBy(() -> NpyWriter.create(folder.resolve("none").resolve("x.npy"), 1))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("x.npy");
    assertThatThrownBy(() -> NpyWriter.create(folder.resolve("x.npy"), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("n: 0 given; expected at least 1");
    assertThat(folder).isEmptyDirectory();
  }
}
