package dev.patchgrad.bench.problem;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The check before timing: it lets every kernel pass, and nothing that computes something else. */
class AgreementCheckTest {
  /** More elements than one block of the check, with a tail; and shapes with tails of their own. */
  private static final List<GradientProblem> PROBLEMS =
      List.of(
          new GradientProblem(Precision.DOUBLE, 1, 1, 1),
          new GradientProblem(Precision.DOUBLE, 13, 7, 5),
          new GradientProblem(Precision.DOUBLE, 8, 16, 9001),
          new GradientProblem(Precision.FLOAT, 8, 16, 9001),
          new GradientProblem(Precision.FLOAT, 257, 3, 17),
          new GradientProblem(Precision.FLOAT, 64, 64, 33));

  static Stream<Arguments> kernels() {
    List<Arguments> all = new ArrayList<>();
    for (String kernel : Kernels.names()) {
      for (GradientProblem problem : PROBLEMS) {
        all.add(Arguments.of(kernel, problem));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void everyKernelAgrees(String name, GradientProblem problem) {
    GradientKernel kernel = problem.kernel(name);
    PatchBatch batch = problem.batch();
    Student student = problem.student();
    Gradient gradient = Gradient.of(student);
    kernel.evaluate(batch.toLayout(kernel.layout()), student, gradient);
    assertThatCode(() -> AgreementCheck.require(kernel, batch, student, gradient))
        .doesNotThrowAnyException();
  }

  /**
   * Faults of code leave out a term, a sign, a tail or a step: they change some component by more
   * than a hundredth. In float, where the bound grows with the batch, 1 in 20 is certain to be
   * seen.
   */
  @ParameterizedTest
  @MethodSource("kernels")
  void aSmallFaultIsRefused(String name, GradientProblem problem) {
    GradientKernel kernel = problem.kernel(name);
    PatchBatch batch = problem.batch();
    Student student = problem.student();
    double fault = problem.precision() == Precision.FLOAT ? 5e-2 : 1e-9;
    for (int component = 0; component < 3; component++) {
      Gradient gradient = Gradient.of(student);
      kernel.evaluate(batch.toLayout(kernel.layout()), student, gradient);
      double largest = largest(gradient.dv());
      String expected;
      if (component == 0) {
        gradient.loss(gradient.loss() * (1 + fault));
        expected = "loss";
      } else if (component == 1) {
        gradient.da()[problem.k() - 1] += fault * largest(gradient.da());
        expected = "da[" + (problem.k() - 1) + "]";
      } else if (largest == 0) {
        continue; // p = 1: w is 1 or -1 whatever v is
      } else {
        gradient.dv()[problem.p() - 1] += fault * largest;
        expected = "dv[" + (problem.p() - 1) + "]";
      }
      assertThatIllegalStateException()
          .isThrownBy(() -> AgreementCheck.require(kernel, batch, student, gradient))
          .withMessageContaining(expected)
          .withMessageContaining("'" + name + "'");
    }
  }

  @Test
  void aNaNIsRefused() {
    GradientProblem problem = new GradientProblem(Precision.DOUBLE, 3, 2, 4);
    GradientKernel kernel = problem.kernel("scalar");
    Student student = problem.student();
    Gradient gradient = Gradient.of(student);
    kernel.evaluate(problem.batch(), student, gradient);
    gradient.dv()[1] = Double.NaN;
    assertThatIllegalStateException()
        .isThrownBy(() -> AgreementCheck.require(kernel, problem.batch(), student, gradient))
        .withMessageContaining("dv[1] = NaN");
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
