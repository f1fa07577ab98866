package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.NpyFiles;
import dev.patchgrad.data.NpyDataSet;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels of a file that are very large or small, or nothing. */
class DataSetLabelsTest {
  private static final Teacher TEACHER = Teacher.of(new double[] {1, -2}, new double[] {1, .5, 2});
  private static final double[] V = {.5, 1};

  @TempDir private Path folder;

  private static PatchBatch batch() {
    return GaussianData.of(TEACHER).n(20_000).seed(3).batch(Precision.FLOAT);
  }

  private Gradient gradient(PatchBatch batch, double unit) throws IOException {
    Student student = Student.weightNormalised(V, new double[] {unit, unit, -unit});
    Gradient out = Gradient.of(student);
    try (NpyDataSet data = NpyDataSet.open(NpyFiles.write(folder.resolve("x.npy"), batch))) {
      Objective.dataSet(data).by("scalar").evaluate(List.of(student), List.of(out));
    }
    return out;
  }

  /** Labels whose squares no float holds, and the reverse: a power of two rounds nothing. */
  @Test
  void labelsOfEachSizeAreTaken() throws IOException {
    Gradient usual = gradient(batch(), 1);
    for (int exponent : new int[] {100, -100}) {
      double unit = Math.scalb(1.0, exponent);
      Gradient found = gradient(batch().withLabelsTimes(unit), unit);
      assertThat(Math.scalb(found.loss(), -2 * exponent))
          .isCloseTo(usual.loss(), within(1e-14 * usual.loss()));
      assertThat(Math.scalb(found.da()[0], -exponent))
          .isCloseTo(usual.da()[0], within(1e-14 * Math.abs(usual.da()[0])));
      assertThat(Math.scalb(found.dv()[0], -2 * exponent))
          .isCloseTo(usual.dv()[0], within(1e-14 * Math.abs(usual.dv()[0])));
    }
  }

  /** Labels 0 to n - 1, read 8192 at a time: all sums are whole numbers below 2^53, so exact. */
  @ParameterizedTest
  @ValueSource(longs = {16_384, 20_001})
  void everyLabelCountsOnce(long n) {
    double squares = (n - 1.0) * n * (2 * n - 1.0) / 6;
    assertThat(Objective.dataSet(new NumberedSamples(n, 1)).lossAtZero())
        .isEqualTo(squares / (2.0 * n));
  }

  @Test
  void labelsThatLeaveADoublesRangeAreRefusedBeforeAnyPass() throws IOException {
    PatchBatch huge =
        GaussianData.of(TEACHER).n(100).seed(3).batch(Precision.DOUBLE).withLabelsTimes(0x1p500);
    try (NpyDataSet data = NpyDataSet.open(NpyFiles.write(folder.resolve("x.npy"), huge))) {
      assertThatThrownBy(() -> Objective.dataSet(data))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("labels: 1/2 E[y^2] = ");
    }
    try (NpyDataSet data =
        NpyDataSet.open(NpyFiles.write(folder.resolve("x.npy"), batch().withLabelsTimes(0)))) {
      assertThat(Objective.dataSet(data).lossAtZero()).isZero();
    }
  }
}
