package dev.patchgrad.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Slices, labels times a factor, sizes in memory and cache lines of batches. */
class SlicesAndSizesTest {
  private static final Teacher TEACHER =
      Teacher.of(new double[] {1, -2, .5, 3, -1}, new double[] {1, -.5});

  @ParameterizedTest
  @EnumSource
  void aSliceIsTheSamplesFromOneToTheOther(Precision precision) {
    PatchBatch rows = GaussianData.of(TEACHER).n(11).seed(5).batch(precision);
    Layout[] layouts = {
      Layout.ROW_MAJOR, Layout.interleaved(4), Layout.padded(8), new Layout(4, 2)
    };
    for (Layout layout : layouts) {
      PatchBatch batch = rows.toLayout(layout);
      for (int[] range : new int[][] {{0, 4}, {4, 8}, {4, 11}, {8, 11}, {0, 11}}) {
        PatchBatch slice = batch.slice(range[0], range[1]);
        assertThat(slice.n()).isEqualTo(range[1] - range[0]);
        assertThat(slice.layout()).isEqualTo(layout);
        for (int i = 0; i < slice.n(); i++) {
          assertThat(slice.label(i)).isEqualTo(rows.label(range[0] + i));
          for (int j = 0; j < 2; j++) {
            for (int c = 0; c < 5; c++) {
              assertThat(slice.patch(i, j, c)).isEqualTo(rows.patch(range[0] + i, j, c));
            }
          }
        }
      }
    }
    PatchBatch ofSlice = rows.slice(2, 9).slice(3, 5);
    assertThat(ofSlice.patch(1, 1, 4)).isEqualTo(rows.patch(6, 1, 4));
    PatchBatch converted = rows.slice(3, 10).toLayout(Layout.interleaved(4));
    assertThat(converted.patch(5, 1, 2)).isEqualTo(rows.patch(8, 1, 2));
  }

  @ParameterizedTest
  @CsvSource({"-1, 4", "0, 12", "4, 4", "8, 4", "-2147483648, -1"})
  void aSliceOutsideOfTheBatchIsRefused(int from, int to) {
    PatchBatch batch = GaussianData.of(TEACHER).n(11).seed(5).batch(Precision.DOUBLE);
    assertThatThrownBy(() -> batch.slice(from, to))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("from, to: " + from + ", " + to + " given; expected 0 <= from < to <= n = 11");
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "4, 7", "0, 10", "2, 11"})
  void aSliceThatCutsThroughSamplesSideBySideIsRefused(int from, int to) {
    PatchBatch batch =
        GaussianData.of(TEACHER)
            .n(11)
            .seed(5)
            .batch(Precision.DOUBLE)
            .toLayout(Layout.interleaved(4));
    assertThatThrownBy(() -> batch.slice(from, to))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "from, to: " + from + ", " + to + " given; expected multiples of 4, or n = 11 as to");
  }

  @ParameterizedTest
  @EnumSource
  void labelsTimesAFactorLeaveThePatchesAndTheFirstBatch(Precision precision) {
    PatchBatch batch =
        GaussianData.of(TEACHER).n(6).seed(2).batch(precision).toLayout(Layout.interleaved(4));
    double first = batch.label(0);
    PatchBatch scaled = batch.withLabelsTimes(-4);
    assertThat(batch.label(0)).isEqualTo(first);
    for (int i = 0; i < 6; i++) {
      // A power of two rounds nothing.
      assertThat(scaled.label(i)).isEqualTo(-4 * batch.label(i));
      assertThat(scaled.patch(i, 1, 4)).isEqualTo(batch.patch(i, 1, 4));
    }
    assertThat(scaled.layout()).isEqualTo(batch.layout());
    assertThatThrownBy(() -> batch.withLabelsTimes(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("labels * NaN[0]: NaN given");
  }

  @Test
  void aWrappedDoubleMustBeFinite() {
    assertThatThrownBy(
            () -> DoubleBatch.wrap(new double[] {0, Double.NaN}, new double[1]).k(1).p(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("patches[1]: NaN given; expected a finite number");
  }

  @Test
  void sizesCountWhatIsPadded() {
    PatchBatch batch = GaussianData.of(TEACHER).n(11).seed(5).batch(Precision.FLOAT);
    assertThat(batch.patchBytes()).isEqualTo(11 * 2 * 5 * 4);
    assertThat(batch.toLayout(new Layout(4, 8)).patchBytes()).isEqualTo(12 * 2 * 8 * 4);
    assertThat(Layout.padded(4).storedElements(5)).isEqualTo(8);
    assertThat(Layout.padded(4).storedElements(8)).isEqualTo(8);
    assertThat(Layout.padded(3).storedElements(1)).isEqualTo(3);
    assertThat(Layout.interleaved(4).storedSamples(5)).isEqualTo(8);
    assertThat(Layout.interleaved(4).storedSamples(4)).isEqualTo(4);
  }

  /** Header and lead are one cache line of 64 bytes, in either precision. */
  @ParameterizedTest
  @EnumSource
  void theFirstElementOfALayoutFollowsALead(Precision precision) {
    assertThat(CacheLines.lead(precision) * precision.bytes())
        .isEqualTo(64 - ArrayHeader.bytes(precision));
    PatchBatch batch =
        GaussianData.of(TEACHER).n(6).seed(2).batch(precision).toLayout(Layout.interleaved(4));
    assertThat(batch.offset()).isEqualTo(CacheLines.lead(precision));
    assertThat(GaussianData.of(TEACHER).n(6).seed(2).batch(precision).offset()).isZero();
  }

  /** G1 gives an array of half a region a region of its own, which starts on a cache line. */
  @ParameterizedTest
  @EnumSource
  void anArrayFrom128KibibytesOnFillsHalfARegionOfG1(Precision precision) {
    int lead = CacheLines.lead(precision);
    int border = 128 * 1024 / precision.bytes() - lead;
    HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    boolean isG1 = vm != null && Boolean.parseBoolean(vm.getVMOption("UseG1GC").getValue());
    long half = isG1 ? Long.parseLong(vm.getVMOption("G1HeapRegionSize").getValue()) / 2 + 64 : 0;
    assertThat(CacheLines.arrayLength(1, precision)).isEqualTo(1 + lead);
    assertThat(CacheLines.arrayLength(border - 1, precision)).isEqualTo(border - 1 + lead);
    assertThat(CacheLines.arrayLength(border, precision))
        .isEqualTo((int) Math.max(border + lead, half / precision.bytes()));
    int beyondEveryRegion = 300_000_000;
    assertThat(CacheLines.arrayLength(beyondEveryRegion, precision))
        .isEqualTo(beyondEveryRegion + lead);
  }
}
