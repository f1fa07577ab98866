package dev.patchgrad.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyBatchTest {
  @TempDir private Path folder;

  /** Writes the format as NumPy documents it: magic, version, length, padded header, elements. */
  private Path write(String name, int version, String header, byte[] elements) throws IOException {
    int lengthBytes = version == 1 ? 2 : 4;
    int unpadded = 8 + lengthBytes + header.length() + 1;
    String padded = header + " ".repeat((64 - unpadded % 64) % 64) + "\n";
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    length.putInt(padded.length());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    bytes.write(length.array(), 0, lengthBytes);
    bytes.writeBytes(padded.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(elements);
    return Files.write(folder.resolve(name), bytes.toByteArray());
  }

  private static String header(String type, String shape) {
    return "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
  }

  private static byte[] doubles(double... values) {
    ByteBuffer buffer = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      buffer.putDouble(value);
    }
    return buffer.array();
  }

  private static byte[] floats(float... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return buffer.array();
  }

  private Path patches() throws IOException {
    return write("x.npy", 1, header("<f8", "(2, 1, 3)"), doubles(1, 2, 3, 4, 5, 6));
  }

  private Path labels() throws IOException {
    return write("x.labels.npy", 1, header("<f8", "(2,)"), doubles(7, 8));
  }

  private static void assertIsTheBatch(PatchBatch batch, Precision precision) {
    assertThat(batch.precision()).isEqualTo(precision);
    assertThat(batch.n()).isEqualTo(2);
    assertThat(batch.k()).isEqualTo(1);
    assertThat(batch.p()).isEqualTo(3);
    for (int i = 0; i < 2; i++) {
      for (int c = 0; c < 3; c++) {
        assertThat(batch.patch(i, 0, c)).isEqualTo(3 * i + c + 1.0);
      }
      assertThat(batch.label(i)).isEqualTo(7.0 + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void allVersionsOfTheFormatAreRead(int version) throws IOException {
    Path patches = write("v.npy", version, header("<f8", "(2, 1, 3)"), doubles(1, 2, 3, 4, 5, 6));
    Path labels = write("v.labels.npy", version, header("<f8", "(2,)"), doubles(7, 8));
    assertIsTheBatch(NpyBatch.read(patches, labels), Precision.DOUBLE);
  }

  @Test
  void floatsStayFloats() throws IOException {
    Path patches = write("f.npy", 1, header("<f4", "(2, 1, 3)"), floats(1, 2, 3, 4, 5, 6));
    Path labels = write("f.labels.npy", 1, header("<f4", "(2,)"), floats(7, 8));
    assertIsTheBatch(NpyBatch.read(patches, labels), Precision.FLOAT);
  }

  @Test
  void theLabelsLieBesideThePatches() throws IOException {
    assertThat(NpyBatch.labelsOf(patches())).isEqualTo(labels());
    assertThat(NpyBatch.labelsOf(Path.of("data"))).isEqualTo(Path.of("data.labels.npy"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ">f8 | (2, 1, 3) | big-endian found; expected little-endian",
        "<i8 | (2, 1, 3) | dtype '<i8' found; expected float32 or float64",
        "<f2 | (2, 1, 3) | dtype '<f2' found; expected float32 or float64",
        "<f8 | (2, 3) | shape [2, 3] found; expected shape (n, k, p)",
        "<f8 | (6,) | shape [6] found; expected shape (n, k, p)",
        "<f8 | () | too long found; expected 136 bytes",
        "<f8 | (2, 1, 4) | which is too short found; expected",
        "<f8 | (2, 1, 2) | which is too long found; expected",
        "<f8 | (3, 1, 2) | 2 labels found; expected 3, one a sample of",
        "<f8 | (999999999999999, 999999999999999, 9) | expected fewer than 2^63 bytes",
        "<f8 | (-2, 1, 3) | the key 'shape'"
      })
  void anotherArrayIsRefused(String type, String shape, String named) throws IOException {
    Path file = write("bad.npy", 1, header(type, shape), doubles(1, 2, 3, 4, 5, 6));
    assertThatThrownBy(() -> NpyBatch.read(file, labels()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bad")
        .hasMessageContaining(named);
  }

  @Test
  void fortranOrderIsRefused() throws IOException {
    String header = header("<f8", "(2, 1, 3)").replace("False", "True");
    Path file = write("bad.npy", 1, header, doubles(1, 2, 3, 4, 5, 6));
    assertThatThrownBy(() -> NpyBatch.read(file, labels()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Fortran order found; expected C order");
  }

  @Test
  void aStructureIsRefused() throws IOException {
    String header = "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (6,), }";
    Path file = write("bad.npy", 1, header, doubles(1, 2, 3, 4, 5, 6));
    assertThatThrownBy(() -> NpyBatch.read(file, labels()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected float32 or float64");
  }

  @Test
  void anElementThatIsNotFiniteIsRefusedWithItsIndex() throws IOException {
    Path file = write("bad.npy", 1, header("<f8", "(2, 1, 3)"), doubles(1, 2, 3, 4, Double.NaN, 6));
    assertThatThrownBy(() -> NpyBatch.read(file, labels()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + ": patches[4]: NaN given; expected a finite number");
  }

  @Test
  void labelsOfAnotherTypeAreRefused() throws IOException {
    Path labels = write("bad.npy", 1, header("<f4", "(2,)"), floats(7, 8));
    assertThatThrownBy(() -> NpyBatch.read(patches(), labels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bad.npy: float found; expected double, as in");
  }

  @Test
  void noSampleIsRefused() throws IOException {
    Path file = write("bad.npy", 1, header("<f8", "(0, 1, 3)"), doubles());
    Path labels = write("none.npy", 1, header("<f8", "(0,)"), doubles());
    assertThatThrownBy(() -> NpyBatch.read(file, labels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("n = 0 found; expected n from 1");
  }

  @Test
  void aFileOfAnotherKindIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("bad.npy"), "1,2,3,4,5,6,7,8");
    assertThatThrownBy(() -> NpyBatch.read(text, labels()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its first bytes are not those of NumPy's format");
    Path version = write("bad.npy", 4, header("<f8", "(2, 1, 3)"), doubles());
    assertThatThrownBy(() -> NpyBatch.read(version, labels()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version 4 found; expected version 1, 2 or 3");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 9, 40})
  void aFileThatEndsWithinItsHeaderIsRefused(int length) throws IOException {
    byte[] whole = Files.readAllBytes(patches());
    Path file = Files.write(folder.resolve("bad.npy"), java.util.Arrays.copyOf(whole, length));
    assertThatThrownBy(() -> NpyBatch.read(file, labels()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it ends within the header, after " + length + " bytes");
  }
}
