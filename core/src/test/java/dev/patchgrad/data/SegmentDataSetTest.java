package dev.patchgrad.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.network.DataSet;
import dev.patchgrad.network.DoubleBlock;
import dev.patchgrad.network.FloatBlock;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.SampleBlock;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory outside of the heap is read as it lies, and refused where it is no whole samples. */
class SegmentDataSetTest {
  private static final int N = 7;
  private static final int K = 2;
  private static final int P = 3;

  /** Patches count up from 0, and labels down from -1: all exact in float. */
  private static SegmentDataSet counted(Arena arena, Precision precision) {
    MemorySegment patches = arena.allocate((long) N * K * P * precision.bytes());
    MemorySegment labels = arena.allocate((long) N * precision.bytes());
    for (int e = 0; e < N * K * P; e++) {
      set(patches, precision, e, e);
    }
    for (int i = 0; i < N; i++) {
      set(labels, precision, i, -1 - i);
    }
    return SegmentDataSet.of(patches, labels, precision).k(K).p(P);
  }

  private static void set(MemorySegment memory, Precision precision, int index, double value) {
    switch (precision) {
      case DOUBLE -> memory.setAtIndex(ValueLayout.JAVA_DOUBLE, index, value);
      case FLOAT -> memory.setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) value);
    }
  }

  private static SampleBlock block(Precision precision, int capacity) {
    return SampleBlock.of(precision, Layout.ROW_MAJOR).k(K).p(P).capacity(capacity);
  }

  private static double[] rows(SampleBlock block) {
    int elements = block.size() * K * P;
    return switch (block) {
      case DoubleBlock doubles ->
          IntStream.range(0, elements)
              .mapToDouble(e -> doubles.rows()[doubles.rowsEnd() - elements + e])
              .toArray();
      case FloatBlock floats ->
          IntStream.range(0, elements)
              .mapToDouble(e -> floats.rows()[floats.rowsEnd() - elements + e])
              .toArray();
    };
  }

  @ParameterizedTest
  @EnumSource
  void aRangeIsReadWithItsLabels(Precision precision) throws IOException {
    try (Arena arena = Arena.ofShared()) {
      SegmentDataSet data = counted(arena, precision);
      assertThat(data.n()).isEqualTo(N);
      assertThat(data.k()).isEqualTo(K);
      assertThat(data.p()).isEqualTo(P);
      assertThat(data.precision()).isEqualTo(precision);
      assertThat(data).hasToString("SegmentDataSet[n=7, k=2, p=3, " + precision.label() + "]");
      SampleBlock block = block(precision, 5);
      data.read(2, 4, block);
      data.read(6, 7, block);
      assertThat(rows(block))
          .containsExactly(12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 36, 37, 38, 39, 40, 41);
      assertThat(block.batch().label(0)).isEqualTo(-3);
      assertThat(block.batch().label(2)).isEqualTo(-7);
      double[] labels = {9, 9, 9, 9};
      data.readLabels(4, 3, labels);
      assertThat(labels).containsExactly(-5, -6, -7, 9);
      data.requireUnchanged();
    }
  }

  @Test
  void memoryOfTheHeapAndOfNoAlignmentIsTakenToo() throws IOException {
    byte[] bytes = new byte[1 + 2 * Double.BYTES];
    MemorySegment memory = MemorySegment.ofArray(bytes).asSlice(1);
    memory.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, 0, 2.5);
    memory.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, Double.BYTES, -4);
    DataSet data =
        SegmentDataSet.of(
                memory.asSlice(0, Double.BYTES), memory.asSlice(Double.BYTES), Precision.DOUBLE)
            .k(1)
            .p(1);
    SampleBlock block = SampleBlock.of(Precision.DOUBLE, Layout.ROW_MAJOR).k(1).p(1).capacity(1);
    data.read(0, 1, block);
    assertThat(block.batch().patch(0, 0, 0)).isEqualTo(2.5);
    assertThat(block.batch().label(0)).isEqualTo(-4);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotFiniteIsRefusedByItsIndex(Precision precision) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment patches = arena.allocate((long) N * K * P * precision.bytes());
      MemorySegment labels = arena.allocate((long) N * precision.bytes());
      set(patches, precision, 23, Double.NaN);
      set(labels, precision, 6, Double.POSITIVE_INFINITY);
      SegmentDataSet data = SegmentDataSet.of(patches, labels, precision).k(K).p(P);
      assertThatThrownBy(() -> data.read(2, 5, block(precision, 3)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("patches[23]: NaN given; expected a finite number");
      assertThatThrownBy(() -> data.read(5, 7, block(precision, 3)))
          .hasMessage("labels[6]: Infinity given; expected a finite number");
      assertThatThrownBy(() -> data.readLabels(5, 2, new double[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("labels[6]: Infinity given; expected a finite number");
    }
  }

  private static void assertRefused(
      MemorySegment patches, MemorySegment labels, int k, int p, String message) {
    assertThatThrownBy(() -> SegmentDataSet.of(patches, labels, Precision.FLOAT).k(k).p(p))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void memoryThatIsNoWholeSamplesIsRefused() {
    try (Arena arena = Arena.ofShared();
        Arena confined = Arena.ofConfined()) {
      MemorySegment patches = arena.allocate(48);
      MemorySegment labels = arena.allocate(8);
      assertRefused(patches, labels, 0, 3, "k: 0 given");
      assertRefused(patches, labels, 2, 0, "p: 0 given");
      assertRefused(
          arena.allocate(47),
          labels,
          2,
          3,
          "patches: 47 bytes given; expected whole samples of 24");
      assertRefused(arena.allocate(0), labels, 2, 3, "patches: 0 bytes given");
      assertRefused(
          patches, arena.allocate(12), 2, 3, "labels: 12 bytes given; expected 8, one float");
      assertRefused(confined.allocate(48), labels, 2, 3, "patches: memory of one thread");
      assertRefused(patches, confined.allocate(8), 2, 3, "labels: memory of one thread");
    }
  }

  @Test
  void aRangeOrBlockThatDoesNotFitIsRefused() {
    try (Arena arena = Arena.ofShared()) {
      SegmentDataSet data = counted(arena, Precision.DOUBLE);
      assertThatThrownBy(() -> data.read(5, 8, block(Precision.DOUBLE, 3)))
          .hasMessageContaining("from, to: 5, 8 given");
      assertThatThrownBy(() -> data.read(0, 3, block(Precision.DOUBLE, 2)))
          .hasMessageContaining("expected room for 3 samples more");
      assertThatThrownBy(() -> data.read(0, 3, block(Precision.FLOAT, 3)))
          .hasMessageContaining("expected double, k = 2 and p = 3 of SegmentDataSet[");
      assertThatThrownBy(() -> data.readLabels(6, 2, new double[2]))
          .hasMessageContaining("from, to: 6, 8 given");
    }
  }

  @Test
  void memoryWhoseArenaIsClosedIsRefused() {
    SegmentDataSet data;
    try (Arena arena = Arena.ofShared()) {
      data = counted(arena, Precision.FLOAT);
    }
    String message = data + ": its arena is closed";
    assertThatThrownBy(data::requireUnchanged)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> data.read(0, 1, block(Precision.FLOAT, 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> data.readLabels(0, 1, new double[1]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  /** A fault of the processor, which HotSpot tells of where its own code copies. */
  @Test
  void aMappedFileThatWasCutIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("patches");
    long bytes = 1 << 20;
    Files.write(file, new byte[(int) bytes]);
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Arena arena = Arena.ofShared()) {
      MemorySegment patches = channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, arena);
      int samples = (int) bytes / Float.BYTES;
      SegmentDataSet data =
          SegmentDataSet.of(patches, arena.allocate(bytes), Precision.FLOAT).k(1).p(1);
      channel.truncate(bytes / 4);
      SampleBlock block =
          SampleBlock.of(Precision.FLOAT, Layout.ROW_MAJOR).k(1).p(1).capacity(samples);
      assertThatThrownBy(() -> data.read(0, samples, block))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(data + ": the file behind this memory cannot be read");
    }
  }
}
