package dev.patchgrad.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.internal.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The batch: what it refuses, and that its layouts hold the same elements. */
class BatchTest {
  private static final List<Layout> LAYOUTS =
      List.of(
          Layout.interleaved(2),
          Layout.interleaved(3),
          Layout.interleaved(4),
          Layout.interleaved(7),
          Layout.interleaved(8),
          Layout.interleaved(16),
          Layout.padded(4),
          Layout.padded(16),
          new Layout(4, 8));

  /** Tagged: it runs at every vector width. Whole tiles, tails of rows and columns, blocks. */
  @Tag("kernel")
  @ParameterizedTest
  @EnumSource
  void layoutsHoldTheSameElementsAndRoundTrip(Precision precision) {
    for (int n : new int[] {1, 2, 4, 7, 8, 9, 17, 36}) {
      for (int k : new int[] {1, 3}) {
        for (int p : new int[] {1, 3, 4, 5, 8, 64, 65, 70}) {
          PatchBatch rows = random(precision, n, k, p);
          for (Layout layout : LAYOUTS) {
            PatchBatch groups = rows.toLayout(layout);
            assertThat(groups.layout()).isEqualTo(layout);
            assertSameElements(rows, groups);
            assertPaddedWithZeros(groups);
            assertSameElements(rows, groups.toLayout(Layout.ROW_MAJOR));
            assertSameElements(rows, groups.toLayout(Layout.interleaved(5)));
          }
        }
      }
    }
  }

  @Test
  void theSameLayoutIsTheSameBatch() {
    PatchBatch batch = random(Precision.FLOAT, 3, 2, 2);
    assertThat(batch.toLayout(Layout.interleaved(1))).isSameAs(batch);
    PatchBatch groups = batch.toLayout(Layout.interleaved(4));
    assertThat(groups.toLayout(Layout.interleaved(4))).isSameAs(groups);
  }

  @Test
  void interleavedSamplesLieSideBySide() {
    DoubleBatch rows =
        DoubleBatch.wrap(new double[] {1, 2, 3, 4, 5, 6}, new double[] {7, 8, 9}).k(1).p(2);
    DoubleBatch groups = rows.toLayout(Layout.interleaved(2));
    assertThat(Arrays.copyOfRange(groups.patches(), groups.offset(), groups.patches().length))
        .containsExactly(1, 3, 2, 4, 5, 0, 6, 0);
    assertThat(groups.labels()).containsExactly(7, 8, 9, 0);
    assertThat(groups.patchBytes()).isEqualTo(64);
  }

  @Test
  void paddedPatchesEachStartAtAMultiple() {
    double[] given = {1, 2, 3, 4, 5, 6};
    DoubleBatch rows = DoubleBatch.wrap(given, new double[] {7}).k(2).p(3);
    DoubleBatch padded = rows.toLayout(Layout.padded(4));
    assertThat(given).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(Arrays.copyOfRange(padded.patches(), padded.offset(), padded.patches().length))
        .containsExactly(1, 2, 3, 0, 4, 5, 6, 0);
    assertThat(padded.toLayout(Layout.ROW_MAJOR).patches()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void badArraysAreRefused() {
    assertThatThrownBy(() -> DoubleBatch.wrap(new double[5], new double[1]).k(2).p(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("patches: length 5 given; expected n * k * p = 6");
    assertThatThrownBy(() -> FloatBatch.wrap(new float[0], new float[0]).k(2).p(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("n: 0 given; expected at least 1");
    assertThatThrownBy(() -> FloatBatch.wrap(new float[0], new float[1]).k(0).p(3))
        .hasMessage("k: 0 given; expected at least 1");
    assertThatThrownBy(() -> FloatBatch.wrap(new float[0], new float[1]).k(1).p(-3))
        .hasMessage("p: -3 given; expected at least 1");
    assertThatThrownBy(() -> FloatBatch.wrap(new float[] {0, Float.NaN}, new float[1]).k(1).p(2))
        .hasMessage("patches[1]: NaN given; expected a finite number");
    assertThatThrownBy(
            () ->
                DoubleBatch.wrap(new double[2], new double[] {Double.NEGATIVE_INFINITY}).k(1).p(2))
        .hasMessage("labels[0]: -Infinity given; expected a finite number");
  }

  @Test
  void sizesBeyondAnArrayAreRefusedBeforeAnythingIsAllocated() {
    // 64 Ti elements: allocating would fail with another error.
    assertThatThrownBy(() -> DoubleBatch.wrap(new double[1], new double[65536]).k(32768).p(32768))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "n * k * p: 65536 * 32768 * 32768 in layout row-major needs 70368744177664 elements;"
                + " expected at most "
                + Layout.MAX_ARRAY_LENGTH
                + ", what a Java array holds");
    Teacher teacher = Teacher.of(new double[] {1}, new double[] {1});
    assertThatThrownBy(
            () -> GaussianData.of(teacher).n(Integer.MAX_VALUE).seed(1).batch(Precision.FLOAT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "n * k * p: 2147483647 * 1 * 1 in layout row-major needs 2147483647");
    // The product of three ints may overflow a long as well.
    assertThatThrownBy(
            () ->
                Layout.ROW_MAJOR.arrayLength(
                    Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE))
        .hasMessageContaining("needs 9903520300447984150353281023 elements");
    // Padding may take what fits beyond the limit.
    assertThat(Layout.ROW_MAJOR.arrayLength(1, 1, 2_000_000_000)).isEqualTo(2_000_000_000);
    assertThatThrownBy(() -> Layout.interleaved(2).arrayLength(1, 1, 2_000_000_000))
        .hasMessageContaining("in layout interleaved-2 needs 4000000000 elements");
  }

  @Test
  void readingOutsideIsRefused() {
    PatchBatch batch = random(Precision.DOUBLE, 2, 3, 4).toLayout(Layout.interleaved(4));
    assertThatThrownBy(() -> batch.patch(2, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> batch.patch(0, 3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> batch.patch(0, 0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> batch.label(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -4})
  void aLayoutWithoutLanesIsRefused(int lanes) {
    assertThatThrownBy(() -> Layout.interleaved(lanes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lanes: " + lanes + " given; expected at least 1");
  }

  @Test
  void teacherStudentAndGradientRefuseWhatTheyCannotBe() {
    assertThatThrownBy(() -> Teacher.of(new double[2], new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("w*: all 2 elements are 0; expected |w*| > 0");
    assertThatThrownBy(() -> Teacher.of(new double[] {1}, new double[] {Double.NaN}))
        .hasMessage("a*[0]: NaN given; expected a finite number");
    assertThatThrownBy(() -> Teacher.of(new double[0], new double[1]))
        .hasMessage("p: 0 given; expected at least 1");
    assertThatThrownBy(() -> Student.plain(new double[1], new double[0]))
        .hasMessage("k: 0 given; expected at least 1");
    assertThatThrownBy(() -> Gradient.zeros().k(1).p(0))
        .hasMessage("p: 0 given; expected at least 1");
    assertThatThrownBy(() -> Precision.ofLabel("half"))
        .hasMessage("precision: 'half' is unknown; expected float or double");
    assertThat(Precision.ofLabel("float")).isEqualTo(Precision.FLOAT);
  }

  @Test
  void normsNeitherOverflowNorUnderflow() {
    assertThat(Checks.norm(new double[] {3e300, 4e300})).isEqualTo(5e300);
    assertThat(Checks.norm(new double[] {3 * 0x1p-1060, 4 * 0x1p-1060})).isEqualTo(5 * 0x1p-1060);
    assertThat(Checks.norm(new double[3])).isZero();
  }

  private static void assertSameElements(PatchBatch one, PatchBatch other) {
    for (int i = 0; i < one.n(); i++) {
      if (one.label(i) != other.label(i)) {
        throw new AssertionError("label " + i);
      }
      for (int j = 0; j < one.k(); j++) {
        for (int c = 0; c < one.p(); c++) {
          // A plain comparison: an assertion object for each element takes most of the time.
          if (one.patch(i, j, c) != other.patch(i, j, c)) {
            throw new AssertionError(
                other.layout() + ": patch " + i + ", " + j + ", " + c + " differs");
          }
        }
      }
    }
  }

  private static void assertPaddedWithZeros(PatchBatch batch) {
    double all = 0;
    double present = 0;
    if (batch instanceof DoubleBatch doubles) {
      for (double value : doubles.patches()) {
        all += Math.abs(value);
      }
    } else if (batch instanceof FloatBatch floats) {
      for (float value : floats.patches()) {
        all += Math.abs(value);
      }
    }
    for (int i = 0; i < batch.n(); i++) {
      for (int j = 0; j < batch.k(); j++) {
        for (int c = 0; c < batch.p(); c++) {
          present += Math.abs(batch.patch(i, j, c));
        }
      }
    }
    // Elements are multiples of 2^-10 below 4: both sums are exact.
    assertThat(all).isEqualTo(present);
  }

  private static PatchBatch random(Precision precision, int n, int k, int p) {
    SplittableRandom random = new SplittableRandom(n * 10_000L + k * 1000L + p);
    double[] patches =
        random.ints((long) n * k * p, 1, 4096).mapToDouble(i -> i * 0x1p-10).toArray();
    double[] labels = random.ints(n, 1, 4096).mapToDouble(i -> i * 0x1p-10).toArray();
    if (precision == Precision.DOUBLE) {
      return DoubleBatch.wrap(patches, labels).k(k).p(p);
    }
    float[] floats = new float[patches.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) patches[i];
    }
    float[] floatLabels = new float[n];
    for (int i = 0; i < n; i++) {
      floatLabels[i] = (float) labels[i];
    }
    return FloatBatch.wrap(floats, floatLabels).k(k).p(p);
  }
}
