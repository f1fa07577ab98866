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
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
        "<i8 | (2, 1, 3) | dtype '<i8' found; expected patches of float16, float32 or float64, as",
        "<c8 | (2, 1, 3) | dtype '<c8' found; expected float16, float32, float64, integers or bool",
        "<f16 | (2, 1, 3) | dtype '<f16' found; expected float16",
        "S8 | (2, 1, 3) | dtype 'S8' found; expected float16",
        "<f8 | (2, 3) | shape [2, 3] found; expected shape (n, k, p)",
        "<f8 | (6,) | shape [6] found; expected shape (n, k, p)",
        "<f8 | () | too long found; expected 136 bytes",
        "<f8 | (2, 1, 4) | which is too short found; expected",
        "<f8 | (2, 1, 2) | which is too long found; expected",
        "<f8 | (3, 1, 2) | 2 labels found; expected 3, one a sample of",
        "<f8 | (999999999999999, 999999999999999, 9) | expected fewer than 2^63 bytes",
        "<f8 | (-2, 1, 3) | shape [-2, 1, 3] found; expected a tuple of lengths, each at least 0",
        "<f8 | (6) | expected a comma within a tuple of one",
        "<f8 | 6 | shape 6 found; expected a tuple of lengths",
        "<f8 | (2,, 1, 3) | expected a value at character",
        "<f8 | (, 2, 1, 3) | expected a value at character",
        "<f8 | (2, 1, 99999999999999999999) | expected a value at character"
      })
  void anotherArrayIsRefused(String type, String shape, String named) throws IOException {
    Path file = write("bad.npy", 1, header(type, shape), doubles(1, 2, 3, 4, 5, 6));
    assertThatThrownBy(() -> NpyBatch.read(file, labels()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bad")
        .hasMessageContaining(named);
  }

  /** NumPy's order when the first index varies fastest: z[i][j][c] is at i + n (j + k c). */
  @Test
  void fortranOrderIsConverted() throws IOException {
    String header = header("<f8", "(2, 3, 2)").replace("False", "True");
    Path file =
        write("f.npy", 1, header, doubles(0, 100, 10, 110, 20, 120, 1, 101, 11, 111, 21, 121));
    PatchBatch batch = NpyBatch.read(file, labels());
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        for (int c = 0; c < 2; c++) {
          assertThat(batch.patch(i, j, c)).isEqualTo(100.0 * i + 10 * j + c);
        }
      }
    }
  }

  @Test
  void withOneLongAxisBothOrdersAreOne() throws IOException {
    String header = header("<f8", "(1, 1, 6)").replace("False", "True");
    Path file = write("f.npy", 1, header, doubles(1, 2, 3, 4, 5, 6));
    Path label = write("one.npy", 1, header("<f8", "(1,)").replace("False", "True"), doubles(7));
    PatchBatch batch = NpyBatch.read(file, label);
    assertThat(batch.patch(0, 0, 5)).isEqualTo(6);
    assertThat(batch.label(0)).isEqualTo(7);
  }

  /** As Python 2 and hand-written programs wrote it: NumPy reads all of these. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2L, 1L, 3L), }",
        "{\"descr\": \"<f8\", \"fortran_order\": False, \"shape\": (2, 1, 3)}",
        "{'descr' : '<f8' , 'fortran_order' : False , 'shape' : ( 2 , 1 , 3 , ) }",
        "{u'descr': u'<f8', u'fortran_order': False, u'shape': (2, 1, 3)}",
        "{'shape': (2, 1, 3), 'fortran_order': False, 'descr': '<d'}",
        "{'descr': '=f8', 'fortran_order': False, 'shape': (2, 1, 3)}",
        "{'descr': '|f8', 'fortran_order': False, 'shape': (2, 1, 3)}",
        "{'descr': 'f8', 'fortran_order': False, 'shape': (2, 1, 3)}"
      })
  void headersOfEveryWriterAreRead(String header) throws IOException {
    // What no byte order is said of has that of the machine.
    ByteBuffer elements =
        ByteBuffer.allocate(48)
            .order(header.contains("'<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.nativeOrder());
    if (header.contains("\"<")) {
      elements.order(ByteOrder.LITTLE_ENDIAN);
    }
    for (int c = 1; c <= 6; c++) {
      elements.putDouble(c);
    }
    assertIsTheBatch(
        NpyBatch.read(write("h.npy", 1, header, elements.array()), labels()), Precision.DOUBLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'descr': '<f8', 'fortran_order': False} | keys [descr, fortran_order] found",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (6,), 'x': 1} | the keys descr, fortran",
        "{'descr': '<f8', 'descr': '<f8'} | expected no second 'descr'",
        "{'descr': '<f8' | expected '}'",
        "{'descr': '<f8 | expected a closing '",
        "{'descr': [('a', '<f8' | expected a closing ]",
        "{'descr': '<f8'} rest | expected the end",
        "{7: '<f8'} | expected a key in quotes",
        "{'descr': 8, 'fortran_order': False, 'shape': (6,)} | dtype 8 found",
        "{'descr': '', 'fortran_order': False, 'shape': (6,)} | expected one number an element",
        "{'descr': '<f8', 'fortran_order': 1, 'shape': (6,)} | fortran_order 1 found; expected True",
        "array([1, 2]) | expected '{'"
      })
  void aHeaderThatIsNoneIsRefused(String header, String named) throws IOException {
    Path file = write("bad.npy", 1, header, doubles(1, 2, 3, 4, 5, 6));
    assertThatThrownBy(() -> NpyBatch.read(file, labels()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bad.npy: ")
        .hasMessageContaining(named);
  }

  @Test
  void bigEndianElementsAreConverted() throws IOException {
    ByteBuffer elements = ByteBuffer.allocate(24).order(ByteOrder.BIG_ENDIAN);
    for (int c = 1; c <= 6; c++) {
      elements.putFloat(c);
    }
    Path file = write("b.npy", 1, header(">f4", "(2, 1, 3)"), elements.array());
    assertIsTheBatch(NpyBatch.read(file, labels()), Precision.FLOAT);
  }

  @Test
  void halfPrecisionPatchesGiveABatchOfFloats() throws IOException {
    ByteBuffer elements = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    for (int c = 1; c <= 6; c++) {
      elements.putShort(Float.floatToFloat16(c));
    }
    Path file = write("h.npy", 1, header("<f2", "(2, 1, 3)"), elements.array());
    assertIsTheBatch(NpyBatch.read(file, labels()), Precision.FLOAT);
  }

  /** The second label has the highest bit set: negative where signed, large where not. */
  @ParameterizedTest
  @CsvSource({
    "|b1, 1, 0101, 1",
    "|i1, 1, 01ff, -1",
    "|u1, 1, 01ff, 255",
    ">i2, 2, 0001ffff, -1",
    ">u2, 2, 0001ffff, 65535",
    ">i4, 4, 00000001ffffffff, -1",
    ">u4, 4, 00000001ffffffff, 4294967295",
    ">i8, 8, 0000000000000001ffffffffffffffff, -1",
    ">u8, 8, 0000000000000001ffffffffffffffff, 18446744073709551615",
    ">e, 2, 3c00bc00, -1",
    ">f, 4, 3f800000bf800000, -1"
  })
  void labelsOfEveryNumericTypeAreConverted(String type, int bytes, String hex, double second)
      throws IOException {
    byte[] elements = HexFormat.of().parseHex(hex);
    assertThat(elements).hasSize(2 * bytes);
    Path labels = write("l.npy", 1, header(type, "(2,)"), elements);
    PatchBatch batch = NpyBatch.read(patches(), labels);
    assertThat(batch.label(0)).isEqualTo(1);
    assertThat(batch.label(1)).isEqualTo(second);
  }

  @Test
  void aLabelThatIsInfiniteInThePatchesPrecisionIsRefused() throws IOException {
    Path file = write("f.npy", 1, header("<f4", "(2, 1, 3)"), floats(1, 2, 3, 4, 5, 6));
    Path labels = write("bad.npy", 1, header("<f8", "(2,)"), doubles(7, 1e39));
    assertThatThrownBy(() -> NpyBatch.read(file, labels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(labels + ": labels[1]: Infinity given; expected a finite number");
  }

  @Test
  void anEntryOfAZipArchiveIsRead() throws IOException {
    Path zip = folder.resolve("a.npz");
    try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.copy(patches(), archive.getPath("x.npy"));
      Files.copy(labels(), archive.getPath("x.labels.npy"));
    }
    try (FileSystem archive = FileSystems.newFileSystem(zip)) {
      assertIsTheBatch(NpyBatch.read(archive.getPath("x.npy")), Precision.DOUBLE);
    }
    assertThatThrownBy(() -> NpyBatch.read(zip, labels()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a.npz: a zip archive, such as an .npz file");
  }

  @Test
  void theLabelsBesideAreReadByDefault() throws IOException {
    labels();
    assertIsTheBatch(NpyBatch.read(patches()), Precision.DOUBLE);
  }

  /** More than one chunk of elements, of a length that is no multiple of one. */
  @Test
  void longFilesAreReadWhole() throws IOException {
    int n = (1 << 18) + 77;
    double[] values = new double[n];
    java.util.Arrays.setAll(values, i -> i + 0.5);
    Path file = write("long.npy", 1, header("<f8", "(" + n + ", 1, 1)"), doubles(values));
    Path labels = write("long.labels.npy", 1, header("<f8", "(" + n + ",)"), doubles(values));
    PatchBatch batch = NpyBatch.read(file, labels);
    for (int i = 0; i < n; i++) {
      assertThat(batch.patch(i, 0, 0)).isEqualTo(i + 0.5);
      assertThat(batch.label(i)).isEqualTo(i + 0.5);
    }
  }

  @Test
  void aFileThatIsCutWhileItIsReadIsRefused() throws IOException {
    Path file = patches();
    try (NpyFile open = NpyFile.open(file)) {
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 9));
      assertThatThrownBy(open::doubles)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("x.npy: it was cut to " + (whole.length - 9) + " bytes while it");
    }
  }

  /** The header and the elements are those of one file, whichever name points at another now. */
  @Test
  void aFileThatIsReplacedWhileItIsReadStaysWhatItWas() throws IOException {
    Path file = patches();
    try (NpyFile open = NpyFile.open(file)) {
      Path other = write("other.npy", 1, header("<f8", "(2, 1, 1)"), doubles(-1, -2));
      Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
      assertThat(open.shape()).containsExactly(2L, 1L, 3L);
      assertThat(open.doubles()).containsExactly(1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  void whatIsNoFileIsRefusedByName() throws IOException {
    assertThatThrownBy(() -> NpyBatch.read(folder, labels()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder + ": a folder; expected an .npy file");
    Path missing = folder.resolve("missing.npy");
    assertThatThrownBy(() -> NpyBatch.read(missing, labels()))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aPipeIsRefusedAndNotWaitedFor() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe.npy");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> NpyBatch.read(pipe, labels()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(pipe + ": no regular file; expected an .npy file");
  }

  @Test
  void aStructureIsRefused() throws IOException {
    String header = "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (6,), }";
    Path file = write("bad.npy", 1, header, doubles(1, 2, 3, 4, 5, 6));
    assertThatThrownBy(() -> NpyBatch.read(file, labels()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dtype [('a', '<f8')] found; expected one number an element");
  }

  @Test
  void anElementThatIsNotFiniteIsRefusedWithItsIndex() throws IOException {
    Path file = write("bad.npy", 1, header("<f8", "(2, 1, 3)"), doubles(1, 2, 3, 4, Double.NaN, 6));
    assertThatThrownBy(() -> NpyBatch.read(file, labels()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + ": patches[4]: NaN given; expected a finite number");
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
        .hasMessageContaining("bad.npy: text, such as CSV (numpy.save(FILE, numpy.loadtxt(");
    byte[][] others = {
      {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0},
      "version https://git-lfs".getBytes(StandardCharsets.US_ASCII),
      {(byte) 0x89, 'H', 'D', 'F', 13, 10, 26, 10},
      {0, 1, 2, 3, 4, 5, 6, 7}
    };
    String[] named = {
      "gunzip", "Git LFS", "HDF5", "whose first bytes are not those of NumPy's format"
    };
    for (int other = 0; other < others.length; other++) {
      Path file = Files.write(folder.resolve("bad.npy"), others[other]);
      assertThatThrownBy(() -> NpyBatch.read(file, labels()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(named[other]);
    }
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
