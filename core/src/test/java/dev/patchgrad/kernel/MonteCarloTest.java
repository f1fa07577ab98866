package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.population.ClosedForm;
import dev.patchgrad.population.GradientVariance;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks the closed form itself, and the Gaussian data, by sampling.
 *
 * <p>Each comparison allows six standard errors, which a correct program exceeds with probability
 * 2e-9; with 65 comparisons that is 1.3e-7 for the class, were the seeds not fixed.
 */
class MonteCarloTest {
  private static final double STANDARD_ERRORS = 6;

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 1, 2", "2, 3, 3", "3, 2, 4", "5, 8, 5", "17, 4, 6"})
  void theEmpiricalGradientScattersAroundThePopulationGradientAsItsVarianceSays(
      int p, int k, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Teacher teacher = Teacher.of(gaussian(random, p), gaussian(random, k));
    Student student = Student.weightNormalised(gaussian(random, p), gaussian(random, k));
    int n = 100_000;
    Gradient empirical =
        KernelCases.evaluate(
            Kernels.create(DoubleScalarKernel.NAME, Precision.DOUBLE),
            GaussianData.of(teacher).n(n).seed(seed).batch(Precision.DOUBLE),
            student);
    Gradient population = Gradient.of(student);
    ClosedForm.of(teacher).evaluate(student, population);
    GradientVariance variance = GradientVariance.of(student, teacher);
    assertThat(empirical.loss())
        .isCloseTo(population.loss(), within(STANDARD_ERRORS * Math.sqrt(variance.loss() / n)));
    for (int j = 0; j < k; j++) {
      assertThat(empirical.da()[j])
          .as("da[%d]", j)
          .isCloseTo(population.da()[j], within(STANDARD_ERRORS * Math.sqrt(variance.a()[j] / n)));
    }
    double length = KernelCases.norm(population.dv());
    // The variance over all coordinates: each coordinate's is at most that.
    double total = Math.max(0, variance.filterSecondMoment() - length * length);
    for (int c = 0; c < p; c++) {
      assertThat(empirical.dv()[c])
          .as("dv[%d]", c)
          .isCloseTo(population.dv()[c], within(STANDARD_ERRORS * Math.sqrt(total / n) + 1e-12));
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "3, 2", "5, 4"})
  void theVarianceOfSingleSamplesIsTheStatedOne(int p, int k) {
    SplittableRandom random = new SplittableRandom(100 + p);
    Teacher teacher = Teacher.of(gaussian(random, p), gaussian(random, k));
    Student student = Student.weightNormalised(gaussian(random, p), gaussian(random, k));
    GradientVariance variance = GradientVariance.of(student, teacher);
    GradientKernel kernel = Kernels.create(DoubleScalarKernel.NAME, Precision.DOUBLE);
    // Batches of one sample: their gradients are the samples'. The mean of a square has the
    // standard error that its own sample variance gives.
    int n = 20_000;
    Gradient mean = Gradient.of(student);
    ClosedForm.of(teacher).evaluate(student, mean);
    double[][] squares = new double[k + 1][n];
    for (int i = 0; i < n; i++) {
      Gradient one =
          KernelCases.evaluate(
              kernel,
              GaussianData.of(teacher).n(1).seed(7_000_000L + i).batch(Precision.DOUBLE),
              student);
      for (int j = 0; j < k; j++) {
        double deviation = one.da()[j] - mean.da()[j];
        squares[j][i] = deviation * deviation;
      }
      double length = KernelCases.norm(one.dv());
      squares[k][i] = length * length;
    }
    for (int j = 0; j < k; j++) {
      checkMean("Var(da[" + j + "])", squares[j], variance.a()[j]);
    }
    checkMean("E|dv|^2", squares[k], variance.filterSecondMoment());
  }

  private static void checkMean(String what, double[] values, double expected) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double standardError = Math.sqrt(squares) / values.length;
    assertThat(mean).as(what).isCloseTo(expected, within(STANDARD_ERRORS * standardError));
    // Only then does the comparison say something.
    assertThat(standardError).as("%s: standard error", what).isLessThan(.1 * expected);
  }

  private static double[] gaussian(SplittableRandom random, int length) {
    return random.doubles(length).map(ignored -> random.nextGaussian()).toArray();
  }
}
