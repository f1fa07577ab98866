package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is interpolated from made-up points, and by what weights. */
class PredictionTest {
  private static final String PLAIN = "vector";
  private static final String PADS = "single-touch";

  /** A few logarithms and exponentials of numbers near 1, each within a few ulp. */
  private static final double ROUNDING = 1e-13;

  private static final Map<String, Layout> ONE = Map.of(PLAIN, Layout.ROW_MAJOR);

  private static MeasuredTimes.Point point(
      int students, int threads, int p, int k, int n, double... slowdowns) {
    Map<String, MeasuredTimes.Entry> kernels =
        slowdowns.length == 2
            ? Map.of(
                PLAIN, new MeasuredTimes.Entry(slowdowns[0], false),
                PADS, new MeasuredTimes.Entry(slowdowns[1], true))
            : Map.of(PLAIN, new MeasuredTimes.Entry(1, true));
    return new MeasuredTimes.Point(students, threads, p, k, n, kernels);
  }

  private static MeasuredTimes.Point point(int p, int k, int n, double... slowdowns) {
    return point(1, 1, p, k, n, slowdowns);
  }

  private static Workload workload(int p, int k, int n) {
    return Workload.of(Precision.DOUBLE).k(k).p(p).n(n);
  }

  private static Prediction predict(
      List<MeasuredTimes.Point> points, Workload workload, Map<String, Layout> candidates) {
    return Prediction.of(points, workload, candidates, candidates).orElseThrow();
  }

  private static List<MeasuredTimes.Point> grid(int... sizes) {
    List<MeasuredTimes.Point> grid = new ArrayList<>();
    for (int p : sizes) {
      for (int k : sizes) {
        grid.add(point(p, k, 64));
      }
    }
    return grid;
  }

  @Test
  void theFourPointsAroundAShapeCountByTheirLogarithms() {
    Prediction prediction = predict(grid(4, 16, 256, 1024), workload(64, 32, 64), ONE);
    // 64 lies half way from 16 to 256, and 32 a quarter of it.
    assertThat(prediction.points()).hasSize(4);
    assertThat(prediction.points().get(point(16, 16, 64))).isCloseTo(.375, within(ROUNDING));
    assertThat(prediction.points().get(point(16, 256, 64))).isCloseTo(.125, within(ROUNDING));
    assertThat(prediction.points().get(point(256, 16, 64))).isCloseTo(.375, within(ROUNDING));
    assertThat(prediction.points().get(point(256, 256, 64))).isCloseTo(.125, within(ROUNDING));
    // The order of two equal weights is that of the points.
    assertThat(prediction.pointsInWords()).contains("(38 %)").endsWith("(13 %)");
  }

  @Test
  void aShapeOnTheGridGoesByItsPointAlone() {
    Prediction prediction = predict(grid(4, 16, 256), workload(16, 16, 64), ONE);
    assertThat(prediction.points()).containsExactly(Map.entry(point(16, 16, 64), 1.0));
    assertThat(prediction.pointsInWords()).isEqualTo("p 16, k 16, n 64 (100 %)");
  }

  @Test
  void whereTheGridHasAHoleTheNearestPointCountsAloneWhereverItStands() {
    List<MeasuredTimes.Point> holes =
        List.of(point(256, 256, 64), point(16, 16, 64), point(1024, 4, 64));
    assertThat(predict(holes, workload(32, 64, 64), ONE).points())
        .containsExactly(Map.entry(point(16, 16, 64), 1.0));
  }

  @Test
  void ofBatchesTheOneOfTheNearestBytesCounts() {
    // 64 * 16 * 1024 elements are as many as 64 * 256 * 64 of the workload.
    MeasuredTimes.Point small = point(64, 16, 64);
    MeasuredTimes.Point large = point(64, 16, 1024);
    assertThat(predict(List.of(small, large), workload(64, 256, 64), ONE).points())
        .containsOnlyKeys(large);
    assertThat(predict(List.of(large, small), workload(64, 16, 64), ONE).points())
        .containsOnlyKeys(small);
  }

  @Test
  void ofNumbersOfStudentsAndThreadsTheNearestCountsAndOfEqualsTheFirst() {
    MeasuredTimes.Point four = point(4, 1, 8, 8, 64);
    MeasuredTimes.Point sixteen = point(16, 1, 8, 8, 64);
    MeasuredTimes.Point hundred = point(100, 1, 8, 8, 64);
    List<MeasuredTimes.Point> students = List.of(hundred, four, sixteen);
    assertThat(predict(students, workload(8, 8, 64).withStudents(6), ONE).points())
        .containsOnlyKeys(four);
    assertThat(predict(students, workload(8, 8, 64).withStudents(20), ONE).points())
        .containsOnlyKeys(sixteen);
    // 8 is as far from 4 as from 16, by the logarithm.
    assertThat(predict(students, workload(8, 8, 64).withStudents(8), ONE).points())
        .containsOnlyKeys(four);
    MeasuredTimes.Point one = point(1, 1, 8, 8, 16);
    MeasuredTimes.Point two = point(1, 4, 8, 8, 16);
    assertThat(predict(List.of(one, two), workload(8, 8, 64).withThreads(4), ONE).points())
        .containsOnlyKeys(two);
    assertThat(predict(List.of(two, one), workload(8, 8, 16), ONE).points()).containsOnlyKeys(one);
  }

  @Test
  void costsAreRelativeToTheLeastAndPaddingIsCalculated() {
    // 6 of 8 stored elements are the point's, 7 of 8 the workload's; 10 and 9 of 12 samples.
    Layout both = new Layout(4, 4);
    Prediction prediction =
        predict(
            List.of(point(6, 4, 10, 2.0, 3.0)),
            workload(7, 4, 9),
            Map.of(PLAIN, Layout.ROW_MAJOR, PADS, both));
    double padded = 3 / (8.0 / 6 * 12 / 10) * (8.0 / 7 * 12 / 9);
    assertThat(prediction.costs().get(PLAIN)).isCloseTo(1, within(ROUNDING));
    assertThat(prediction.costs().get(PADS)).isCloseTo(padded / 2, within(ROUNDING));
    assertThat(prediction.withinNoise()).containsEntry(PADS, true).containsEntry(PLAIN, false);
  }

  /** 10 samples fill 12 of a machine's four lanes, and 16 of another's eight. */
  @Test
  void paddingOfAPointIsThatOfTheMachineThatMeasuredIt() {
    Map<String, Layout> here = Map.of(PLAIN, Layout.ROW_MAJOR, PADS, Layout.interleaved(8));
    Map<String, Layout> there = Map.of(PLAIN, Layout.ROW_MAJOR, PADS, Layout.interleaved(4));
    Prediction prediction =
        Prediction.of(List.of(point(6, 4, 10, 2.0, 3.0)), workload(6, 4, 10), here, there)
            .orElseThrow();
    assertThat(prediction.costs().get(PADS)).isCloseTo(3 / 1.2 * 1.6 / 2, within(ROUNDING));
  }

  @Test
  void layoutsOfAMachineHaveTheLanesOfItsVectors() {
    Machine avx2 = new Machine("AuthenticAMD", "EPYC", "25", "1", 2, 2, "avx2", 256);
    Map<String, Layout> here =
        Map.of("rows", Layout.ROW_MAJOR, "padded", Layout.padded(16), "across", new Layout(16, 1));
    assertThat(Candidates.withVectorsOf(avx2, Precision.FLOAT, here))
        .isEqualTo(
            Map.of(
                "rows", Layout.ROW_MAJOR, "padded", Layout.padded(8), "across", new Layout(8, 1)));
    Machine unknown = new Machine("", "", "", "", 2, 2, "", 0);
    assertThat(Candidates.withVectorsOf(unknown, Precision.FLOAT, here)).isEqualTo(here);
  }

  @Test
  void lanesWithoutAStudentAreCalculatedBesideThePadding() {
    int width = Kernels.studentsSideBySide(Precision.DOUBLE);
    int few = 2 * width + 1;
    double lanesOfAStudent = (double) Kernels.studentLanes(Precision.DOUBLE, few) / few;
    assertThat(lanesOfAStudent).isGreaterThan(1);
    MeasuredTimes.Point measured =
        new MeasuredTimes.Point(
            few,
            1,
            6,
            4,
            10,
            Map.of(
                PLAIN,
                new MeasuredTimes.Entry(1, true),
                Kernels.STUDENTS,
                new MeasuredTimes.Entry(3, false)));
    Prediction prediction =
        predict(
            List.of(measured),
            workload(6, 4, 10).withStudents(width),
            Map.of(PLAIN, Layout.ROW_MAJOR, Kernels.STUDENTS, new Layout(1, 4)));
    // There a student took more than a lane, here one; the padding is the same.
    assertThat(prediction.costs().get(Kernels.STUDENTS))
        .isCloseTo(3 / lanesOfAStudent, within(ROUNDING));
  }

  @Test
  void nothingIsPredictedWithoutPointsOrWithoutCandidatesAmongThem() {
    assertThat(Prediction.of(List.of(), workload(8, 8, 64), ONE, ONE)).isEmpty();
    Map<String, Layout> pads = Map.of(PADS, Layout.padded(4));
    assertThat(Prediction.of(grid(8), workload(8, 8, 64), pads, pads)).isEmpty();
  }
}
