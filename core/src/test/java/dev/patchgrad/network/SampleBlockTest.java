package dev.patchgrad.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what a block gives out of the samples that were written into it. */
class SampleBlockTest {
  static List<Layout> layouts() {
    return List.of(Layout.ROW_MAJOR, Layout.interleaved(4), Layout.padded(8));
  }

  private static final int K = 3;
  private static final int P = 5;
  private static final int CAPACITY = 10;

  /** Every element has another value, in both precisions. */
  private static double element(int i, int j, int c) {
    return 1 + (i * K + j) * P + c;
  }

  private static double label(int i) {
    return -1 - i;
  }

  private static DoubleBlock doubles(Layout layout) {
    return (DoubleBlock) SampleBlock.of(Precision.DOUBLE, layout).k(K).p(P).capacity(CAPACITY);
  }

  private static FloatBlock floats(Layout layout) {
    return (FloatBlock) SampleBlock.of(Precision.FLOAT, layout).k(K).p(P).capacity(CAPACITY);
  }

  /** Writes samples from a number on after those that there are. */
  private static void write(DoubleBlock block, int first, int count) {
    int at = block.rowsEnd();
    for (int i = 0; i < count; i++) {
      block.labels()[block.size() + i] = label(first + i);
      for (int e = 0; e < K * P; e++) {
        block.rows()[at++] = element(first + i, e / P, e % P);
      }
    }
    block.added(count, first);
  }

  private static void write(FloatBlock block, int first, int count) {
    int at = block.rowsEnd();
    for (int i = 0; i < count; i++) {
      block.labels()[block.size() + i] = (float) label(first + i);
      for (int e = 0; e < K * P; e++) {
        block.rows()[at++] = (float) element(first + i, e / P, e % P);
      }
    }
    block.added(count, first);
  }

  private static void assertHolds(PatchBatch batch, int first, int count) {
    assertThat(batch.n()).isEqualTo(count);
    for (int i = 0; i < count; i++) {
      assertThat(batch.label(i)).isEqualTo(label(first + i));
      for (int j = 0; j < K; j++) {
        for (int c = 0; c < P; c++) {
          assertThat(batch.patch(i, j, c)).isEqualTo(element(first + i, j, c));
        }
      }
    }
  }

  /** All that a kernel reads: after the samples come zeros to the end of the last group. */
  private static void assertPadding(DoubleBatch batch) {
    double sum = 0;
    double[] patches = batch.patches();
    for (int at = 0; at < batch.patchBytes() / Double.BYTES; at++) {
      sum += patches[batch.offset() + at];
    }
    int elements = batch.n() * K * P;
    // 1 to the number of elements, exact, as long as the samples begin with number 0.
    assertThat(sum).isEqualTo(elements * (elements + 1) / 2.0);
    assertThat(batch.labels()).hasSize((int) batch.layout().storedSamples(batch.n()));
    for (int i = batch.n(); i < batch.labels().length; i++) {
      assertThat(batch.labels()[i]).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void aBatchHasTheSamplesAndZerosAfterThemAlsoWhereOthersWereBefore(Layout layout) {
    DoubleBlock block = doubles(layout);
    assertThat(block.capacity()).isEqualTo(CAPACITY);
    assertThat(block.k()).isEqualTo(K);
    assertThat(block.p()).isEqualTo(P);
    assertThat(block.precision()).isEqualTo(Precision.DOUBLE);
    assertThat(block).hasToString("DoubleBlock[0 of 10 samples, k=3, p=5, " + layout + "]");
    for (int count = CAPACITY; count > 0; count--) {
      block.clear();
      assertThat(block.size()).isZero();
      write(block, 0, count);
      assertThat(block.size()).isEqualTo(count);
      assertThat(block.batch().layout()).isEqualTo(layout);
      assertHolds(block.batch(), 0, count);
      assertPadding(block.batch());
      assertThat(block.batch()).isSameAs(block.batch());
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void floatsAreGivenOutAsDoublesAre(Layout layout) {
    FloatBlock block = floats(layout);
    write(block, 3, 7);
    assertThat(block.precision()).isEqualTo(Precision.FLOAT);
    assertHolds(block.batch(), 3, 7);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void samplesThatComeLaterStandAfterTheFirst(Layout layout) {
    DoubleBlock block = doubles(layout);
    write(block, 0, 4);
    int end = block.rowsEnd();
    assertHolds(block.batch(), 0, 4);
    write(block, 4, 3);
    assertThat(block.rowsEnd()).isEqualTo(end + 3 * K * P);
    assertHolds(block.batch(), 0, 7);
    assertPadding(block.batch());
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void samplesOfAnotherBlockAreCopied(Layout layout) {
    DoubleBlock rows = doubles(Layout.ROW_MAJOR);
    write(rows, 0, 6);
    DoubleBlock block = doubles(layout);
    for (int i = 0; i < 6; i++) {
      block.add(rows, i);
      assertHolds(block.batch(), 0, i + 1);
    }
    rows.clear();
    write(rows, 4, 2);
    assertHolds(block.batch(), 0, 6);
  }

  @Test
  void aSampleThatDoesNotFitIsRefused() {
    DoubleBlock rows = doubles(Layout.ROW_MAJOR);
    write(rows, 0, CAPACITY);
    DoubleBlock block = doubles(Layout.ROW_MAJOR);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> block.add(floats(Layout.ROW_MAJOR), 0))
        .withMessageContaining("expected a row-major block of double");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> block.add(doubles(Layout.interleaved(4)), 0))
        .withMessageContaining("expected a row-major block of double");
    SampleBlock.Sizes sizes = SampleBlock.of(Precision.DOUBLE, Layout.ROW_MAJOR);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> block.add(sizes.k(K + 1).p(P).capacity(1), 0))
        .withMessageContaining("other: k");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> block.add(sizes.k(K).p(P + 1).capacity(1), 0))
        .withMessageContaining("other: p");
    assertThatThrownBy(() -> block.add(rows, CAPACITY))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> rows.add(rows, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> rows.added(1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(block.size()).isZero();
    assertThatIllegalStateException()
        .isThrownBy(block::batch)
        .withMessage("block: no sample in it; expected at least 1");
    assertThat(sizes.k(2).p(7))
        .hasToString("SampleBlock.Sizes[double, " + Layout.ROW_MAJOR + ", k=2, p=7]");
  }

  /** Over several of the widest vectors, each of four at a time, and a tail. */
  @Test
  void whatIsNotFiniteIsRefusedWhereverItStandsWithItsIndexInTheDataSet() {
    int p = 11;
    int samples = 8;
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1 / 0.0}) {
      for (int at = 0; at < samples * p; at++) {
        DoubleBlock block =
            (DoubleBlock)
                SampleBlock.of(Precision.DOUBLE, Layout.ROW_MAJOR).k(1).p(p).capacity(samples + 1);
        block.added(1, 0);
        int from = block.rowsEnd();
        block.rows()[from + at] = bad;
        int index = 1000 * p + at;
        assertThatIllegalArgumentException()
            .isThrownBy(() -> block.added(samples, 1000))
            .withMessage("patches[%d]: %s given; expected a finite number".formatted(index, bad));
        assertThat(block.size()).as("not added").isEqualTo(1);
        // What stands before and after is not looked at, nor are large numbers refused.
        block.rows()[from + at] = Double.MAX_VALUE;
        block.rows()[from + (at + 1) % (samples * p)] = -Double.MAX_VALUE;
        block.added(samples, 1000);
        assertThat(block.size()).isEqualTo(samples + 1);
      }
    }
  }

  @Test
  void whatWasThereBeforeIsNotLookedAtAgain() {
    DoubleBlock block = doubles(Layout.ROW_MAJOR);
    write(block, 0, 1);
    block.rows()[block.rowsEnd() - 1] = Double.NaN;
    block.rows()[block.rowsEnd() + K * P] = Double.NaN;
    block.labels()[0] = Double.NaN;
    block.labels()[2] = Double.NaN;
    block.added(1, 1);
    assertThat(block.size()).isEqualTo(2);
  }

  @Test
  void aLabelThatIsNotFiniteIsRefusedWithItsIndex() {
    DoubleBlock block = doubles(Layout.ROW_MAJOR);
    write(block, 0, 2);
    block.labels()[4] = Double.NaN;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> block.added(3, 70))
        .withMessage("labels[72]: NaN given; expected a finite number");
    assertThat(block.size()).isEqualTo(2);
    block.added(2, 70);
    assertThat(block.size()).isEqualTo(4);
  }

  /** Of five samples, of which nobody reads any. */
  private enum Five implements DataSet {
    SAMPLES;

    @Override
    public long n() {
      return 5;
    }

    @Override
    public int k() {
      return 1;
    }

    @Override
    public int p() {
      return 1;
    }

    @Override
    public Precision precision() {
      return Precision.DOUBLE;
    }

    @Override
    public void read(long from, long to, SampleBlock block) {}

    @Override
    public void readLabels(long from, int count, double[] to) {}

    @Override
    public void requireUnchanged() {}
  }

  @Test
  void aRangeOfADataSetLiesWithinItAndIsNotEmpty() {
    Five.SAMPLES.requireRange(0, 5);
    Five.SAMPLES.requireRange(4, 5);
    for (long[] range : new long[][] {{-1, 2}, {0, 6}, {3, 3}, {3, 2}, {5, 6}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Five.SAMPLES.requireRange(range[0], range[1]))
          .withMessageContaining("expected 0 <= from < to <= n = 5");
    }
  }
}
