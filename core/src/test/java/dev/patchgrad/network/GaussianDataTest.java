package dev.patchgrad.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Gaussian data: the same for a seed, and Gaussian. */
class GaussianDataTest {
  private static final Teacher TEACHER =
      Teacher.of(new double[] {1, -2, .5}, new double[] {1, -.5});

  @Test
  void aSeedGivesTheSameBitsWithAnyNumberOfThreads() throws Exception {
    DoubleBatch one = inPool(1);
    DoubleBatch four = inPool(4);
    assertThat(four.patches()).isEqualTo(one.patches());
    assertThat(four.labels()).isEqualTo(one.labels());
  }

  private static DoubleBatch inPool(int threads) throws Exception {
    try (ForkJoinPool pool = new ForkJoinPool(threads)) {
      return pool.submit(() -> GaussianData.of(TEACHER).n(5000).seed(42).doubles()).get();
    }
  }

  /** What a recorded seed means must not change: these two values are the first version's. */
  @Test
  void aSeedKeepsItsMeaning() {
    DoubleBatch batch = GaussianData.of(TEACHER).n(300).seed(42).doubles();
    assertThat(batch.patch(0, 0, 0)).isEqualTo(-1.7275868487822372);
    assertThat(batch.patch(299, 1, 2)).isEqualTo(0.7046482893867569);
  }

  @Test
  void anotherSeedGivesOtherDataAndALongerBatchBeginsAlike() {
    DoubleBatch batch = GaussianData.of(TEACHER).n(300).seed(1).doubles();
    assertThat(GaussianData.of(TEACHER).n(300).seed(2).doubles().patch(0, 0, 0))
        .isNotEqualTo(batch.patch(0, 0, 0));
    DoubleBatch longer = GaussianData.of(TEACHER).n(700).seed(1).doubles();
    for (int i = 0; i < 300; i++) {
      assertThat(longer.patch(i, 1, 2)).isEqualTo(batch.patch(i, 1, 2));
    }
  }

  @Test
  void whatIsSaidOfDataMakesOthersAndChangesNone() {
    GaussianData five = GaussianData.of(TEACHER).n(5);
    double first = five.doubles().patch(0, 0, 0);
    assertThat(five.seed(1).doubles().patch(0, 0, 0)).isNotEqualTo(first);
    assertThat(five.n(6).doubles().n()).isEqualTo(6);
    assertThat(five.doubles().n()).isEqualTo(5);
    assertThat(five.seed(0).doubles().patch(0, 0, 0)).isEqualTo(first);
  }

  @Test
  void dataOfNoSampleAreRefused() {
    assertThatThrownBy(() -> GaussianData.of(TEACHER).seed(1).batch(Precision.FLOAT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("n: 0 given; expected at least 1");
  }

  @Test
  void floatDataAreTheRoundedDoubleData() {
    DoubleBatch doubles = GaussianData.of(TEACHER).n(600).seed(3).doubles();
    FloatBatch floats = GaussianData.of(TEACHER).n(600).seed(3).floats();
    for (int i = 0; i < 600; i++) {
      for (int j = 0; j < 2; j++) {
        for (int c = 0; c < 3; c++) {
          assertThat(floats.patch(i, j, c)).isEqualTo((float) doubles.patch(i, j, c));
        }
      }
      // The label of rounded patches: |w*|_1 |a*|_1 2^-24 |z|, and the rounding of its own.
      assertThat(floats.label(i)).isCloseTo(doubles.label(i), within(5.25 * 6 * 0x1p-24 + 1e-6));
    }
  }

  @Test
  void labelsAreTheTeachers() {
    DoubleBatch batch = GaussianData.of(TEACHER).n(50).seed(9).doubles();
    for (int i = 0; i < 50; i++) {
      double expected = 0;
      for (int j = 0; j < 2; j++) {
        double dot = batch.patch(i, j, 0) - 2 * batch.patch(i, j, 1) + .5 * batch.patch(i, j, 2);
        expected += TEACHER.a()[j] * Math.max(0, dot);
      }
      assertThat(batch.label(i)).isCloseTo(expected, within(1e-14));
    }
  }

  /** Labels of the size |w*| |a*| keep all digits from a thousand normal numbers on. */
  @ParameterizedTest
  @EnumSource
  void labelsThatLeaveThePrecisionsRangeAreRefused(Precision precision) {
    boolean isDouble = precision == Precision.DOUBLE;
    double largest = isDouble ? Double.MAX_VALUE : Float.MAX_VALUE;
    double least = 1000 * (isDouble ? Double.MIN_NORMAL : Float.MIN_NORMAL);
    double[] one = {1};
    for (double bad : new double[] {Math.sqrt(largest) * 1e5, Math.sqrt(least) * .999}) {
      Teacher teacher = Teacher.of(new double[] {bad}, new double[] {bad});
      assertThatThrownBy(() -> GaussianData.of(teacher).n(100).seed(1).batch(precision))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("teacher: |w*| |a*| = ")
          .hasMessageContaining("whose labels are within the range of their precision");
    }
    assertThat(
            GaussianData.of(Teacher.of(one, new double[] {least}))
                .n(9)
                .seed(1)
                .batch(precision)
                .n())
        .isEqualTo(9);
    // A teacher who says nothing loses nothing.
    assertThat(
            GaussianData.of(Teacher.of(one, new double[1])).n(9).seed(1).batch(precision).label(8))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void elementsHaveTheMomentsOfAStandardNormal(long seed) {
    int n = 40_000;
    DoubleBatch batch = GaussianData.of(TEACHER).n(n).seed(seed).doubles();
    double[] z = batch.patches();
    double[] moments = new double[5];
    double neighbours = 0;
    for (int i = 0; i < z.length; i++) {
      double power = 1;
      for (int m = 1; m <= 4; m++) {
        power *= z[i];
        moments[m] += power / z.length;
      }
      neighbours += z[i] * z[(i + 1) % z.length] / z.length;
    }
    // Six standard errors: the variances of z, z^2, z^3, z^4 and z z' are 1, 2, 15, 96 and 1.
    double error = 6 / Math.sqrt(z.length);
    assertThat(moments[1]).isCloseTo(0, within(error));
    assertThat(moments[2]).isCloseTo(1, within(error * Math.sqrt(2)));
    assertThat(moments[3]).isCloseTo(0, within(error * Math.sqrt(15)));
    assertThat(moments[4]).isCloseTo(3, within(error * Math.sqrt(96)));
    assertThat(neighbours).isCloseTo(0, within(error));
  }
}
