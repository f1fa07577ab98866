package dev.patchgrad.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.NpyFiles;
import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.SampleBlock;
import dev.patchgrad.network.Teacher;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks of a file are the samples that the whole file has, and nothing else is taken for one. */
class NpyDataSetTest {
  private static final int N = 37;
  private static final int K = 3;
  private static final int P = 5;

  @TempDir private Path folder;

  private static PatchBatch batch(Precision precision) {
    Teacher teacher = Teacher.of(new double[] {1, 2, 0, -1, .5}, new double[] {1, .5, -1});
    return GaussianData.of(teacher).n(N).seed(1).batch(precision);
  }

  private static SampleBlock block(NpyDataSet data, Layout layout, int capacity) {
    return SampleBlock.of(data.precision(), layout).k(data.k()).p(data.p()).capacity(capacity);
  }

  private static void assertAreSamples(PatchBatch found, PatchBatch whole, int from) {
    for (int i = 0; i < found.n(); i++) {
      for (int j = 0; j < whole.k(); j++) {
        for (int c = 0; c < whole.p(); c++) {
          assertThat(found.patch(i, j, c)).isEqualTo(whole.patch(from + i, j, c));
        }
      }
      assertThat(found.label(i)).isEqualTo(whole.label(from + i));
    }
  }

  /** All formats, in both byte orders, against the reader of whole files. */
  @ParameterizedTest
  @CsvSource({
    "1, <f8, DOUBLE", "2, >f8, DOUBLE", "3, =f8, DOUBLE", "1, <f4, FLOAT", "2, >f4, FLOAT",
    "3, <f4, FLOAT", "1, <f2, FLOAT", "2, >f2, FLOAT", "3, <e, FLOAT", "3, >d, DOUBLE"
  })
  void everyFormatIsReadInBlocks(int version, String type, Precision precision) throws IOException {
    Path file = NpyFiles.write(folder.resolve("x.npy"), batch(Precision.DOUBLE), version, type);
    PatchBatch whole = NpyBatch.read(file);
    try (NpyDataSet data = NpyDataSet.open(file)) {
      assertThat(data.precision()).isEqualTo(precision).isEqualTo(whole.precision());
      assertThat(data.n()).isEqualTo(N);
      assertThat(data.k()).isEqualTo(K);
      assertThat(data.p()).isEqualTo(P);
      SampleBlock block = block(data, Layout.ROW_MAJOR, 8);
      for (int from = 0; from < N; from += 8) {
        block.clear();
        data.read(from, Math.min(N, from + 8), block);
        assertThat(block.batch().n()).isEqualTo(Math.min(8, N - from));
        assertAreSamples(block.batch(), whole, from);
      }
    }
  }

  /** Interleaved samples, padded patches: each block is what the whole batch is, converted. */
  @ParameterizedTest
  @CsvSource({"1, 1", "4, 1", "1, 4", "8, 1", "1, 5", "2, 2"})
  void aBlockIsInTheLayoutThatItIsMadeFor(int lanes, int multiple) throws IOException {
    Layout layout = new Layout(lanes, multiple);
    for (Precision precision : Precision.values()) {
      PatchBatch whole = batch(precision);
      Path file = NpyFiles.write(folder.resolve("x.npy"), whole);
      try (NpyDataSet data = NpyDataSet.open(file)) {
        SampleBlock block = block(data, layout, 16);
        // A full block first, so that what a short one leaves is seen in its padding.
        for (int[] range : new int[][] {{0, 16}, {16, 29}, {29, 30}, {21, 37}, {7, 9}}) {
          block.clear();
          data.read(range[0], range[1], block);
          PatchBatch found = block.batch();
          assertThat(found.layout()).isEqualTo(layout);
          assertAreSamples(found, whole, range[0]);
          assertPaddingIsZero(found);
        }
      }
    }
  }

  private static void assertPaddingIsZero(PatchBatch batch) {
    Layout layout = batch.layout();
    int stored = (int) layout.storedElements(batch.p());
    for (int i = 0; i < layout.storedSamples(batch.n()); i++) {
      for (int j = 0; j < batch.k(); j++) {
        for (int c = i < batch.n() ? batch.p() : 0; c < stored; c++) {
          int at =
              batch.offset()
                  + ((i / layout.lanes() * batch.k() + j) * stored + c) * layout.lanes()
                  + i % layout.lanes();
          assertThat(element(batch, at)).isZero();
        }
      }
      if (i >= batch.n()) {
        assertThat(storedLabel(batch, i)).isZero();
      }
    }
  }

  private static double element(PatchBatch batch, int at) {
    return switch (batch) {
      case DoubleBatch doubles -> doubles.patches()[at];
      case FloatBatch floats -> floats.patches()[at];
    };
  }

  private static double storedLabel(PatchBatch batch, int i) {
    return switch (batch) {
      case DoubleBatch doubles -> doubles.labels()[i];
      case FloatBatch floats -> floats.labels()[i];
    };
  }

  @Test
  void severalRangesGoIntoOneBlockAndSamplesFromOneToAnother() throws IOException {
    PatchBatch whole = batch(Precision.DOUBLE);
    try (NpyDataSet data = NpyDataSet.open(NpyFiles.write(folder.resolve("x.npy"), whole))) {
      SampleBlock rows = block(data, Layout.ROW_MAJOR, 12);
      data.read(20, 24, rows);
      data.read(3, 9, rows);
      SampleBlock some = block(data, Layout.interleaved(4), 3);
      some.add(rows, 5);
      some.add(rows, 0);
      PatchBatch found = some.batch();
      assertThat(found.n()).isEqualTo(2);
      assertAreSamples(found.toLayout(Layout.ROW_MAJOR).slice(0, 1), whole, 4);
      assertAreSamples(found.toLayout(Layout.ROW_MAJOR).slice(1, 2), whole, 20);
      assertThatThrownBy(() -> data.read(0, 4, rows))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("DoubleBlock[10 of 12 samples, k=3, p=5, row-major] given")
          .hasMessageContaining("expected room for 4 samples more");
    }
  }

  /** 2^40 samples: no length, place or count is an int. The file is sparse and takes no disk. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void placesAreLongs() throws IOException {
    long n = 1L << 40;
    ByteBuffer last = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    for (int element = 1; element <= 6; element++) {
      last.putShort(Float.floatToFloat16(element));
    }
    Path file =
        NpyFiles.writeSparse(
            folder.resolve("x.npy"),
            NpyFiles.head(1, "<f2", false, "(" + n + ", 1, 3)"),
            6 * n,
            last.array());
    NpyFiles.writeSparse(
        NpyBatch.labelsOf(file),
        NpyFiles.head(1, "|i1", false, "(" + n + ",)"),
        n,
        new byte[] {7, 8});
    try (NpyDataSet data = NpyDataSet.open(file)) {
      assertThat(data.n()).isEqualTo(n);
      SampleBlock block = block(data, Layout.ROW_MAJOR, 3);
      data.read(n - 3, n, block);
      for (int c = 0; c < 3; c++) {
        assertThat(block.batch().patch(0, 0, c)).isZero();
        assertThat(block.batch().patch(1, 0, c)).isEqualTo(c + 1.0);
        assertThat(block.batch().patch(2, 0, c)).isEqualTo(c + 4.0);
      }
      double[] labels = new double[2];
      data.readLabels(n - 2, 2, labels);
      assertThat(labels).containsExactly(7, 8);
      assertThatThrownBy(() -> data.read(n - 2, n + 1, block))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected 0 <= from < to <= n = " + n);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<f8 | (6, 5) | shape [6, 5] found; expected shape (n, k, p)",
        "<i8 | (2, 3, 5) | dtype '<i8' found; expected patches of float16, float32 or float64",
        "<f8 | (0, 3, 5) | n = 0 found; expected n of at least 1",
        "<f8 | (2, 0, 5) | k = 0 found; expected k from 1",
        "<f8 | (2, 3, 0) | p = 0 found; expected p from 1",
        "<f8 | (3, 2, 5) | 2 labels found; expected 3, one a sample of",
        "<f8 | (2, 3, 4) | which is too long found",
        "<f8 | (2, 3, 6) | which is too short found"
      })
  void anotherArrayIsRefused(String type, String shape, String named) throws IOException {
    long elements = shape.contains("0") ? 0 : 30;
    byte[] bytes = new byte[(int) (8 * elements)];
    Path file = folder.resolve("x.npy");
    NpyFiles.write(file, NpyFiles.head(1, type, false, shape), bytes);
    long n = shape.startsWith("(0") ? 0 : 2;
    NpyFiles.write(
        NpyBatch.labelsOf(file),
        NpyFiles.head(1, "<f8", false, "(" + n + ",)"),
        new byte[(int) (8 * n)]);
    assertThatThrownBy(() -> NpyDataSet.open(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(named);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aSampleThatNoArrayHoldsIsRefused() throws IOException {
    Path file =
        NpyFiles.writeSparse(
            folder.resolve("x.npy"),
            NpyFiles.head(1, "<f2", false, "(1, 65536, 65536)"),
            1L << 33,
            new byte[0]);
    NpyFiles.write(NpyBatch.labelsOf(file), NpyFiles.head(1, "|b1", false, "(1,)"), new byte[1]);
    assertThatThrownBy(() -> NpyDataSet.open(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x.npy: a sample is too large: n * k * p: 1 * 65536 * 65536");
  }

  @Test
  void fortranOrderIsRefusedWithTheRemedy() throws IOException {
    Path file = folder.resolve("x.npy");
    NpyFiles.write(file, NpyFiles.head(1, "<f4", true, "(2, 1, 3)"), new byte[24]);
    NpyFiles.write(NpyBatch.labelsOf(file), NpyFiles.head(1, "<f4", true, "(2,)"), new byte[8]);
    assertThatThrownBy(() -> NpyDataSet.open(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            file
                + ": Fortran order found; expected C order, as numpy.save('NEW.npy',"
                + " numpy.ascontiguousarray(numpy.load('x.npy', mmap_mode='r'))) writes it");
    // With one long axis both orders are one.
    NpyFiles.write(file, NpyFiles.head(1, "<f4", true, "(2, 1, 1)"), new byte[8]);
    try (NpyDataSet data = NpyDataSet.open(file)) {
      assertThat(data.n()).isEqualTo(2);
    }
  }

  @Test
  void anNpzFileIsRefusedWithTheRemedyAndItsEntriesAreRead() throws IOException {
    Path zip = folder.resolve("a.npz");
    PatchBatch whole = batch(Precision.FLOAT);
    Path plain = NpyFiles.write(folder.resolve("x.npy"), whole);
    try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.copy(plain, archive.getPath("x.npy"));
      Files.copy(NpyBatch.labelsOf(plain), archive.getPath("x.labels.npy"));
    }
    assertThatThrownBy(() -> NpyDataSet.open(zip, NpyBatch.labelsOf(plain)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a.npz: a zip archive, such as an .npz file")
        .hasMessageContaining("numpy.save('NEW.npy', numpy.load(FILE)[NAME])");
    try (FileSystem archive = FileSystems.newFileSystem(zip);
        NpyDataSet data = NpyDataSet.open(archive.getPath("x.npy"))) {
      SampleBlock block = block(data, Layout.ROW_MAJOR, 5);
      data.read(30, 35, block);
      assertAreSamples(block.batch(), whole, 30);
      data.requireUnchanged();
    }
  }

  @Test
  void anElementThatIsNotFiniteIsNamedByFileAndPlace() throws IOException {
    for (String type : new String[] {"<f8", "<f4", "<f2"}) {
      Path file = NpyFiles.write(folder.resolve("x.npy"), batch(Precision.DOUBLE), 1, type);
      int bytes = NpyFiles.bytes(type);
      long place = 20 * K * P + 7;
      try (RandomAccessFile writer = new RandomAccessFile(file.toFile(), "rw")) {
        writer.seek(writer.length() - (N * K * P - place) * bytes);
        writer.write(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}, 0, bytes); // NaN in any of them
      }
      try (NpyDataSet data = NpyDataSet.open(file)) {
        SampleBlock block = block(data, Layout.ROW_MAJOR, N);
        data.read(0, 20, block);
        assertThatThrownBy(() -> data.read(20, N, block))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(file + ": patches[" + place + "]: NaN given; expected a finite number");
        assertThat(block.size()).isEqualTo(20);
      }
    }
  }

  @Test
  void aLabelThatIsInfiniteInThePatchesPrecisionIsNamed() throws IOException {
    Path file = folder.resolve("x.npy");
    NpyFiles.write(file, NpyFiles.head(1, "<f4", false, "(2, 1, 1)"), new byte[8]);
    ByteBuffer labels = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    labels.putDouble(1).putDouble(1e39);
    Path labelFile =
        NpyFiles.write(
            NpyBatch.labelsOf(file), NpyFiles.head(1, "<f8", false, "(2,)"), labels.array());
    try (NpyDataSet data = NpyDataSet.open(file)) {
      SampleBlock block = block(data, Layout.ROW_MAJOR, 2);
      assertThatThrownBy(() -> data.read(0, 2, block))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(labelFile + ": labels[1]: Infinity given; expected a finite number");
      assertThatThrownBy(() -> data.readLabels(0, 2, new double[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(labelFile + ": labels[1]: Infinity found; expected a finite number");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileThatIsCutIsNamed(boolean isPatches) throws IOException {
    Path file = NpyFiles.write(folder.resolve("x.npy"), batch(Precision.DOUBLE));
    Path cut = isPatches ? file : NpyBatch.labelsOf(file);
    try (NpyDataSet data = NpyDataSet.open(file)) {
      data.requireUnchanged();
      long before = Files.size(cut);
      try (RandomAccessFile writer = new RandomAccessFile(cut.toFile(), "rw")) {
        writer.setLength(before - 9);
      }
      SampleBlock block = block(data, Layout.ROW_MAJOR, N);
      assertThatThrownBy(() -> data.read(30, N, block))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "%s: it was cut to %d bytes while it was read; expected %d bytes",
              cut, before - 9, before);
      assertThatThrownBy(data::requireUnchanged)
          .isInstanceOf(IOException.class)
          .hasMessage(
              "%s: it has %d bytes; expected %d, as when it was opened", cut, before - 9, before);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileThatIsWrittenToIsNamed(boolean isPatches) throws IOException {
    Path file = NpyFiles.write(folder.resolve("x.npy"), batch(Precision.DOUBLE));
    Path written = isPatches ? file : NpyBatch.labelsOf(file);
    try (NpyDataSet data = NpyDataSet.open(file)) {
      data.requireUnchanged();
      // Whatever the clock's grain.
      Files.setLastModifiedTime(written, FileTime.fromMillis(1_000_000));
      assertThatThrownBy(data::requireUnchanged)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(written + ": it was written to at 1970-01-01T00:16:40Z; expected");
    }
  }

  /** The open file is the one that was there. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aFileThatIsReplacedOrDeletedIsReadAsItWas() throws IOException {
    PatchBatch whole = batch(Precision.DOUBLE);
    Path file = NpyFiles.write(folder.resolve("x.npy"), whole);
    try (NpyDataSet data = NpyDataSet.open(file)) {
      Path other = NpyFiles.write(folder.resolve("y.npy"), batch(Precision.FLOAT));
      Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(NpyBatch.labelsOf(file));
      SampleBlock block = block(data, Layout.ROW_MAJOR, N);
      data.read(0, N, block);
      assertAreSamples(block.batch(), whole, 0);
      data.requireUnchanged();
    }
  }

  @Test
  void onceClosedItRefusesByNameAndTheFileCanGo() throws IOException {
    Path file = NpyFiles.write(folder.resolve("x.npy"), batch(Precision.DOUBLE));
    NpyDataSet data = NpyDataSet.open(file);
    data.close();
    data.close();
    SampleBlock block = block(data, Layout.ROW_MAJOR, N);
    assertThatThrownBy(() -> data.read(0, 1, block))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": closed; expected a data set that stays open while it is read");
    assertThatThrownBy(data::requireUnchanged)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + ": closed");
    Files.delete(file);
  }

  /** What is refused leaves no file open: the system counts them. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aRefusalLeavesNoFileOpen() throws IOException {
    Path file = NpyFiles.write(folder.resolve("x.npy"), batch(Precision.DOUBLE));
    Files.write(NpyBatch.labelsOf(file), new byte[100]);
    assertThatThrownBy(() -> NpyDataSet.open(file)).isInstanceOf(IllegalArgumentException.class);
    NpyFiles.write(NpyBatch.labelsOf(file), NpyFiles.head(1, "<f8", false, "(1,)"), new byte[8]);
    assertThatThrownBy(() -> NpyDataSet.open(file)).isInstanceOf(IllegalArgumentException.class);
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      assertThat(open.filter(link -> pointsInto(link, folder))).isEmpty();
    }
  }

  private static boolean pointsInto(Path link, Path folder) {
    try {
      return Files.readSymbolicLink(link).startsWith(folder);
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  void aBlockOfOtherSizesIsRefused() throws IOException {
    Path file = NpyFiles.write(folder.resolve("x.npy"), batch(Precision.DOUBLE));
    try (NpyDataSet data = NpyDataSet.open(file)) {
      SampleBlock floats = SampleBlock.of(Precision.FLOAT, Layout.ROW_MAJOR).k(K).p(P).capacity(4);
      SampleBlock wider =
          SampleBlock.of(Precision.DOUBLE, Layout.ROW_MAJOR).k(K).p(P + 1).capacity(4);
      for (SampleBlock other : new SampleBlock[] {floats, wider}) {
        assertThatThrownBy(() -> data.read(0, 1, other))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("expected double, k = 3 and p = 5 of NpyDataSet[" + file);
      }
      SampleBlock empty = block(data, Layout.ROW_MAJOR, 4);
      assertThatThrownBy(empty::batch)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("block: no sample in it; expected at least 1");
    }
  }
}
