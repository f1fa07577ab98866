package dev.patchgrad.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the critical points and the Hessian against the gradient, and the laws of the theory. */
class CriticalPointsTest {
  static Stream<Teacher> teachers() {
    return Stream.of(
        Teacher.of(new double[] {3, 4}, new double[] {1, 0}),
        Teacher.of(new double[] {.5, -1, 2}, new double[] {1, -1, .5, .25}),
        Teacher.of(new double[] {1, 0, 0, 0, 0}, new double[] {1, -1}),
        Teacher.of(new double[] {0, 2}, new double[] {1, 1, 1, 1, 1, 1, 1, 1}),
        Teacher.of(new double[] {-2}, new double[] {1, .5, -.25}),
        Teacher.of(new double[] {1, 1, 1}, new double[] {2}));
  }

  @Test
  void theSpuriousPointHasTheGoldenValues() {
    CriticalPoint spurious =
        CriticalPoints.of(Teacher.of(new double[] {3, 4}, new double[] {1, 0})).spurious();
    assertThat(spurious.student().a())
        .containsExactly(new double[] {-0.5637229997975901, 1.7709880348237095}, within(1e-15));
    assertThat(spurious.loss()).isCloseTo(5.545346250253012, within(1e-14));
    assertThat(spurious.isLocalMinimum()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("teachers")
  void everyCriticalPointIsStationaryAndHasTheLossThatItStates(Teacher teacher) {
    CriticalPoints points = CriticalPoints.of(teacher);
    for (CriticalPoint point : points.all()) {
      Student student = point.student();
      Gradient gradient = Gradient.of(student);
      ClosedForm.of(teacher).evaluate(student, gradient);
      assertThat(gradient.loss()).as("%s", point.kind()).isCloseTo(point.loss(), within(1e-13));
      for (double derivative : gradient.dv()) {
        assertThat(derivative).as("%s dv", point.kind()).isCloseTo(0, within(1e-13));
      }
      for (double derivative : gradient.da()) {
        assertThat(derivative).as("%s da", point.kind()).isCloseTo(0, within(1e-13));
      }
      assertThat(FilterAngle.between(student.v(), teacher.w()).phi())
          .isCloseTo(point.angle().phi(), within(1e-14));
    }
    boolean saddle =
        points.all().stream().anyMatch(point -> point.kind() == CriticalPoint.Kind.SADDLE);
    assertThat(saddle).isEqualTo(points.spuriousIsMinimum() && teacher.p() > 1);
  }

  @ParameterizedTest
  @MethodSource("teachers")
  void hessianIsTheLimitOfDifferencesOfTheGradient(Teacher teacher) {
    double[] v = teacher.w();
    double[] a = new double[teacher.k()];
    for (int c = 0; c < v.length; c++) {
      v[c] += .3 + .7 * c;
    }
    for (int j = 0; j < a.length; j++) {
      a[j] = 1 - .4 * j;
    }
    int p = v.length;
    double[][] hessian = PopulationHessian.at(Student.weightNormalised(v, a), teacher);
    double h = 1e-6;
    for (int column = 0; column < p + a.length; column++) {
      double[] above = moved(teacher, v, a, column, h);
      double[] below = moved(teacher, v, a, column, -h);
      for (int row = 0; row < p + a.length; row++) {
        // Rounding 1e-15 over h, cut-off h^2.
        assertThat(hessian[row][column])
            .as("[%d][%d]", row, column)
            .isCloseTo((above[row] - below[row]) / (2 * h), within(1e-8));
      }
    }
  }

  @Test
  void hessianAtTheGlobalMinimumHasTheStatedEigenvalues() {
    Teacher teacher = Teacher.of(new double[] {1, 2, 2, 0}, new double[] {.5, -1, 2});
    double[] eigenvalues =
        PopulationHessian.eigenvalues(CriticalPoints.of(teacher).global().student(), teacher);
    double tangential = 9 * 5.25 / 2;
    double[] expected = {
      0,
      tangential,
      tangential,
      tangential,
      (Math.PI - 1) / (2 * Math.PI),
      (Math.PI - 1) / (2 * Math.PI),
      (3 + Math.PI - 1) / (2 * Math.PI)
    };
    Arrays.sort(expected);
    assertThat(eigenvalues).containsExactly(expected, within(1e-13));
  }

  @ParameterizedTest
  @ValueSource(doubles = {.3, .9, .999, 1.001, 1.1})
  void atTheSpuriousPointCurvatureChangesSignWithRho(double share) {
    int k = 6;
    double rho = share * (k + Math.PI - 1) / Math.PI;
    Teacher teacher = Teacher.of(new double[] {1, 0, 0}, weights(k, rho));
    CriticalPoints points = CriticalPoints.of(teacher);
    assertThat(points.rho()).isCloseTo(rho, within(1e-12));
    assertThat(points.spuriousIsMinimum()).isEqualTo(share < 1);
    // At phi = pi itself the curvature in v is 0; a little before, it is x (pi - phi) < 0 or > 0.
    Student spurious = points.spurious().student();
    double d = 1e-3;
    Student near =
        Student.weightNormalised(new double[] {-Math.cos(d), Math.sin(d), 0}, spurious.a());
    double[] eigenvalues = PopulationHessian.eigenvalues(near, teacher);
    if (share < 1) {
      // Across the plane: - R x d |c| / (2 pi r^2) > 0; all but the radial one, 0 at first order.
      assertThat(eigenvalues[1]).isPositive();
    } else {
      assertThat(eigenvalues[1]).isNegative();
    }
    double[] atPoint = PopulationHessian.eigenvalues(spurious, teacher);
    assertThat(atPoint[0]).isCloseTo(0, within(1e-15));
    assertThat(atPoint[k + 2]).isPositive();
  }

  @Test
  void theSaddleHasADirectionDown() {
    Teacher teacher = Teacher.of(new double[] {1, 0, 0}, weights(6, 1));
    CriticalPoint saddle = CriticalPoints.of(teacher).all().get(2);
    assertThat(saddle.kind()).isEqualTo(CriticalPoint.Kind.SADDLE);
    assertThat(saddle.isLocalMinimum()).isFalse();
    double[] eigenvalues = PopulationHessian.eigenvalues(saddle.student(), teacher);
    assertThat(eigenvalues[0]).isLessThan(-1e-3);
  }

  /** Also where w* lies along an axis but for a little, which a direction across must not lose. */
  @Test
  void theSaddlesFilterHasLengthOneAndTheSaddlesAngleHoweverTheTeacherLies() {
    double[][] filters = {
      {2, 0, 0, -1}, {1, 1e-9}, {1e-9, -1}, {1, 1, 1}, {-3, 1e-3, 4, 1e-8}, {1e100, 1e80}
    };
    for (double[] w : filters) {
      CriticalPoint saddle = CriticalPoints.of(Teacher.of(w, new double[] {1, -1})).all().get(2);
      double[] u = saddle.student().v();
      double dot = 0;
      double squares = 0;
      for (int c = 0; c < w.length; c++) {
        dot += u[c] * w[c] / Checks.norm(w);
        squares += u[c] * u[c];
      }
      // Of each term some eight roundings, and at most four terms of at most 1.
      assertThat(squares).as(Arrays.toString(w)).isCloseTo(1, within(32 * 0x1p-53));
      assertThat(dot).as(Arrays.toString(w)).isCloseTo(saddle.angle().cos(), within(32 * 0x1p-53));
    }
  }

  @Test
  void theSaddlesAngleIsTheLargestWhoseGReachesWhatTheTheoryAsks() {
    for (int k = 1; k <= 8; k++) {
      for (int part = 0; part < 50; part++) {
        double largest = k + Math.PI - 1;
        double rho = part / 50.0 * largest / Math.PI;
        double g = (largest - Math.PI * rho) / (largest - rho);
        double supplement = CriticalPoints.saddleAngle(k, rho).supplement();
        assertThat(FilterAngle.ofSupplement(supplement).g()).isGreaterThanOrEqualTo(g);
        assertThat(FilterAngle.ofSupplement(Math.nextDown(supplement)).g()).isLessThan(g);
      }
    }
  }

  /** A teacher of one patch has rho = 1 = (k + pi - 1)/pi exactly, as 1 + pi rounds nothing. */
  @Test
  void atTheThresholdItselfTheSpuriousPointIsNoMinimum() {
    CriticalPoints points = CriticalPoints.of(Teacher.of(new double[] {3, 1}, new double[] {2}));
    assertThat(points.rho()).isEqualTo(points.threshold());
    assertThat(points.spuriousIsMinimum()).isFalse();
    assertThat(points.all()).hasSize(2);
    assertThat(CriticalPoints.saddleAngle(1, 1).supplement()).isZero();
  }

  @Test
  void everyRhoFromZeroToKIsTakenWithTheRoundingOfItsSums() {
    assertThat(CriticalPoints.saddleAngle(4, 0).phi()).isBetween(1.5, 1.6);
    assertThat(CriticalPoints.saddleAngle(4, 4).supplement()).isZero();
    double largest = 4 * (1 + 1e-12 * 4);
    assertThat(CriticalPoints.saddleAngle(4, largest).supplement()).isZero();
    for (double bad : new double[] {-Double.MIN_VALUE, Math.nextUp(largest), Double.NaN}) {
      assertThatThrownBy(() -> CriticalPoints.saddleAngle(4, bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("rho: " + bad + " given; expected 0 to k = 4");
    }
  }

  @Test
  void teachersUpToTheBordersOfTheirRangeAreTaken() {
    double[] one = {1};
    // 2^-511 squared is the smallest normal double; 1e150 squared rounds to the one below 1e300.
    for (double border : new double[] {0x1p-511, 1e150}) {
      Teacher teacher = Teacher.of(one, new double[] {border});
      assertThat(CriticalPoints.of(teacher).rho()).isEqualTo(1);
    }
    // The second weight's square is the one bit that is missing.
    Teacher atTheBorder = Teacher.of(one, new double[] {1e150, 1.22e142});
    assertThat(1e150 * 1e150 + 1.22e142 * 1.22e142).isEqualTo(1e300);
    assertThat(CriticalPoints.of(atTheBorder).rho()).isCloseTo(1, within(1e-7));
    for (double beyond : new double[] {0x1p-512, 1.01e150}) {
      assertThatThrownBy(() -> CriticalPoints.of(Teacher.of(one, new double[] {beyond})))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("so that losses stay within a double's range");
      assertThatThrownBy(() -> CriticalPoints.of(Teacher.of(new double[] {beyond}, one)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("so that losses stay within a double's range");
    }
  }

  @Test
  void badArgumentsAreRefused() {
    assertThatThrownBy(() -> CriticalPoints.of(Teacher.of(new double[] {1}, new double[2])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a*: all 2 elements are 0; expected a* != 0");
    assertThatThrownBy(() -> CriticalPoints.saddleAngle(0, 1))
        .hasMessage("k: 0 given; expected at least 1");
    assertThatThrownBy(() -> CriticalPoints.saddleAngle(4, 4.5))
        .hasMessage("rho: 4.5 given; expected 0 to k = 4");
  }

  private static double[] moved(Teacher teacher, double[] v, double[] a, int at, double by) {
    double[] movedV = v.clone();
    double[] movedA = a.clone();
    if (at < v.length) {
      movedV[at] += by;
    } else {
      movedA[at - v.length] += by;
    }
    Student student = Student.weightNormalised(movedV, movedA);
    Gradient gradient = Gradient.of(student);
    ClosedForm.of(teacher).evaluate(student, gradient);
    double[] all = Arrays.copyOf(gradient.dv(), v.length + a.length);
    System.arraycopy(gradient.da(), 0, all, v.length, a.length);
    return all;
  }

  /** Weights of length 1 whose (1^T a)^2 is rho: a part along 1 and one orthogonal to it. */
  private static double[] weights(int k, double rho) {
    double[] a = new double[k];
    Arrays.fill(a, Math.sqrt(rho) / k);
    double rest = Math.sqrt((1 - rho / k) / 2);
    a[0] += rest;
    a[1] -= rest;
    return a;
  }
}
