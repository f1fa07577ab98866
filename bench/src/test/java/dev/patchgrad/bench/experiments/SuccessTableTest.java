package dev.patchgrad.bench.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.population.ClosedForm;
import dev.patchgrad.population.CriticalPoints;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Holds the table to a simulation in all coordinates, to its limit, and to what is recalled. */
class SuccessTableTest {
  private static final List<Integer> K = List.of(25, 36, 49, 64, 81, 100);
  private static final List<Double> RHO = List.of(0., 1., 4., 9., 16., 25.);

  /** Twice an error of 1e-5 in each of 36 cells: a right table fails once in a thousand seeds. */
  private static final double ERROR = 1e-5;

  private static SuccessTable.Settings settings(double squares, int starts, long seed) {
    return new SuccessTable.Settings(K, RHO, 6, squares, .1, starts, 100_000, seed);
  }

  private static List<SuccessTable.Cell> run(SuccessTable.Settings settings, int threads)
      throws InterruptedException {
    try (StudyThreads workers = new StudyThreads(threads)) {
      return SuccessTable.run(settings, workers, Progress.NONE);
    }
  }

  /**
   * The simulation knows nothing of four numbers, lanes or invariant sets: it draws v and a in all
   * coordinates, descends by the closed form for so long that few are left near the saddle, and
   * looks at where it is.
   */
  @Test
  void everyCellAgreesWithASimulationInAllCoordinates() throws InterruptedException {
    int starts = 200;
    for (SuccessTable.Cell cell : run(settings(.25, 5000, 1), 2)) {
      Teacher teacher = PaperTeachers.of(cell.k(), 6, cell.rho(), .25);
      double border = CriticalPoints.of(teacher).saddleAngle().phi();
      ClosedForm form = ClosedForm.of(teacher);
      Gradient gradient = Gradient.zeros().k(teacher.k()).p(teacher.p());
      SplittableRandom random = new SplittableRandom(2);
      int successes = 0;
      for (int i = 0; i < starts; i++) {
        Student student = start(teacher, cell.rho(), random);
        double overlap = 0;
        for (int step = 0; step < 120; step++) {
          form.evaluate(student, gradient);
          for (int c = 0; c < student.p(); c++) {
            student.v()[c] -= .1 * gradient.dv()[c];
          }
          overlap = 0;
          for (int j = 0; j < student.k(); j++) {
            student.a()[j] -= .1 * gradient.da()[j];
            overlap += student.a()[j] * teacher.a()[j];
          }
        }
        boolean lost = overlap < 0 && form.angle(student).phi() > border;
        successes += lost ? 0 : 1;
      }
      Share simulated = new Share(successes, starts);
      assertThat(simulated.high(ERROR))
          .as("k %d, rho %s", cell.k(), cell.rho())
          .isGreaterThan(cell.share().low(ERROR));
      assertThat(simulated.low(ERROR))
          .as("k %d, rho %s", cell.k(), cell.rho())
          .isLessThan(cell.share().high(ERROR));
      assertThat(cell.counts().undecided() + cell.counts().diverged()).isZero();
    }
  }

  private static Student start(Teacher teacher, double rho, SplittableRandom random) {
    double[] v = direction(teacher.p(), random);
    double[] a = direction(teacher.k(), random);
    // |1^T a*| |w*| / sqrt(k), with |a*| = 1/2 and |w*| = 1.
    double radius = Math.sqrt(rho * .25 / teacher.k());
    double length = radius * Math.pow(random.nextDouble(), 1.0 / teacher.k());
    for (int j = 0; j < a.length; j++) {
      a[j] *= length;
    }
    return Student.weightNormalised(v, a);
  }

  private static double[] direction(int dimension, SplittableRandom random) {
    double[] direction = new double[dimension];
    double squares = 0;
    for (int c = 0; c < dimension; c++) {
      direction[c] = random.nextGaussian();
      squares += direction[c] * direction[c];
    }
    for (int c = 0; c < dimension; c++) {
      direction[c] /= Math.sqrt(squares);
    }
    return direction;
  }

  @Test
  void aSmallTeachersCellsAreTheLimits() throws InterruptedException {
    for (SuccessTable.Cell cell : run(settings(1e-8, 5000, 3), 2)) {
      assertThat(cell.limit())
          .as("k %d, rho %s", cell.k(), cell.rho())
          .isBetween(cell.share().low(ERROR), cell.share().high(ERROR));
    }
  }

  @Test
  void halfOfTheStartsSucceedAtRhoZero() throws InterruptedException {
    for (SuccessTable.Cell cell : run(settings(.25, 5000, 4), 2)) {
      if (cell.rho() == 0) {
        assertThat(cell.limit()).isCloseTo(.5, within(1e-15));
        assertThat(.5).isBetween(cell.share().low(ERROR), cell.share().high(ERROR));
      }
    }
  }

  /** Both are simulations of 5000 starts, and the recalled one is rounded to .01. */
  @Test
  void theRecalledTableIsWithinTwoHundredthsAtThisSizeOfWeights() throws InterruptedException {
    for (SuccessTable.Cell cell : run(settings(.25, 5000, 5), 2)) {
      assertThat(cell.share().value())
          .as("k %d, rho %s", cell.k(), cell.rho())
          .isCloseTo(cell.recalled().orElseThrow(), within(.03));
    }
  }

  @Test
  void theNumberOfThreadsChangesNoCell() throws InterruptedException {
    SuccessTable.Settings settings = settings(.25, 1200, 6);
    List<SuccessTable.Cell> one = run(settings, 1);
    assertThat(run(settings, 3)).isEqualTo(one);
    assertThat(run(settings(.25, 1200, 7), 1)).isNotEqualTo(one);
  }

  @Test
  void refusesBadSettingsBeforeAnyWork() {
    assertThatThrownBy(() -> settings(0, 10, 1)).hasMessageContaining("|a*|^2: 0.0 given");
    assertThatThrownBy(() -> settings(.25, 0, 1)).hasMessageContaining("starts: 0 given");
    assertThatThrownBy(() -> one(0, 0, 6, .1)).hasMessageContaining("k: 0 given");
    assertThatThrownBy(() -> one(4, 5, 6, .1)).hasMessageContaining("rho: 5.0 given");
    assertThatThrownBy(() -> one(4, Double.NaN, 6, .1)).hasMessageContaining("rho: NaN given");
    assertThatThrownBy(() -> one(4, 1, 1, .1)).hasMessageContaining("p: 1 given");
    for (double stepSize : new double[] {0, -1, Double.NaN}) {
      assertThatThrownBy(() -> one(4, 1, 6, stepSize)).hasMessageContaining("step size");
    }
    // 4 pi / (100 + pi - 1) = 0.123.
    assertThatThrownBy(() -> one(100, 1, 6, .13))
        .hasMessageContaining("step size: 0.13 given; expected below 0.123");
  }

  private static SuccessTable.Settings one(int k, double rho, int p, double stepSize) {
    return new SuccessTable.Settings(List.of(k), List.of(rho), p, .25, stepSize, 10, 100, 1);
  }
}
