package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Which starts are refused as too far from the labels' scale, and what is asked of them instead.
 */
class SlowStartTest {
  /** |w*| |a*| = 1 or 2; k = 1. */
  private static Objective objective(double scale) {
    return Objective.population(Teacher.of(new double[] {scale, 0}, new double[] {1}));
  }

  private static GradientDescent descent(double scale, StopRule until, double eta, int most) {
    return GradientDescent.of(objective(scale), until)
        .stepSize(StepSize.of(eta))
        .mostIterations(most);
  }

  private static Student normalised(double norm) {
    return Student.weightNormalised(new double[] {norm, 0}, new double[] {1});
  }

  /** With |v| = 16 |w*| |a*| an error in v falls by the factor 1 - eta/512 a step. */
  @Test
  void aStartIsRefusedFromOneIterationTooFewOn() {
    StopRule near = StopRule.filterWithin(1e-3);
    GradientDescent justEnough = descent(1, near, .5, 1024);
    assertThatCode(() -> justEnough.warning(normalised(16))).doesNotThrowAnyException();
    GradientDescent oneTooFew = descent(1, near, .5, 1023);
    assertThatThrownBy(() -> oneTooFew.warning(normalised(16)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "start.v: |v| = 16.0 given; from there an error falls by the factor e in 1.0e+03"
                + " iterations, and at most 1023 are allowed; expected |v| near 1.00, as"
                + " Initialisation.of(teacher) draws it, for labels with |w*| |a*| = 1.00");
    // In proportion to the labels 2/(.5 (1 - 1/pi)) = 5.9 iterations are needed at least.
    GradientDescent tooFewForAll = descent(1, near, .5, 5);
    assertThatCode(() -> tooFewForAll.warning(normalised(16))).doesNotThrowAnyException();
  }

  /** |v|/(|w*| |a*|) = 10: 2 * 10^2/.1 iterations. */
  @Test
  void itIsTheShareOfTheLabelsScaleThatCounts() {
    GradientDescent descent = descent(2, StopRule.filterWithin(1e-3), .1, 1999);
    assertThatThrownBy(() -> descent.warning(normalised(20)))
        .hasMessageContaining("by the factor e in 2.0e+03 iterations");
  }

  /**
   * |w|^2 - |a|^2 = 7.5 stays, and |w| |a| becomes 2: |w|^2 = 8, |a|^2 = 1/2, and an error falls in
   * 2 pi/((pi - 1) .01 / 2) = 587 iterations. From |w| = |a| it falls in 147.
   */
  @Test
  void aPlainStartIsJudgedByTheMinimumThatGradientFlowLeadsItTo() {
    GradientDescent descent = descent(2, StopRule.filterWithin(1e-3), .01, 200);
    String message =
        "start.v: |v| = %s given; from there an error falls by the factor e in 5.9e+02 iterations,"
            + " and at most 200 are allowed; expected |v| near 1.41";
    Student wide = Student.plain(new double[] {Math.sqrt(8), 0}, new double[] {Math.sqrt(.5)});
    assertThatThrownBy(() -> descent.warning(wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message.formatted("2.83"));
    Student narrow = Student.plain(new double[] {Math.sqrt(.5), 0}, new double[] {Math.sqrt(8)});
    assertThatThrownBy(() -> descent.warning(narrow))
        .hasMessageStartingWith(message.formatted("0.707"));
  }

  /** A tenth of the loss at a = 0, of the filter's length, of |w*| |a*|, is no longer near. */
  @Test
  void onlyWhatAsksToComeNearRefusesAStart() {
    double tenth = .1;
    double below = Math.nextDown(tenth);
    double loss = tenth * objective(3).lossAtZero();
    StopRule near = StopRule.filterWithin(.01);
    StopRule after = StopRule.after(50);
    List<StopRule> asking =
        List.of(
            near,
            StopRule.filterWithin(below),
            StopRule.lossShareAtMost(below),
            StopRule.lossAtMost(Math.nextDown(loss)),
            StopRule.weightsShareWithin(below),
            StopRule.weightsWithin(Math.nextDown(3 * tenth)),
            StopRule.gradientAtMost(1e9),
            near.or(StopRule.gradientAtMost(1)),
            near.and(after));
    for (StopRule rule : asking) {
      assertThatThrownBy(() -> descent(3, rule, .1, 100).warning(normalised(2000)))
          .as("%s", rule)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("start.v: |v| = 2.00e+03 given");
    }
    List<StopRule> content =
        List.of(
            after,
            StopRule.inBasin(Basin.GLOBAL),
            StopRule.filterWithin(tenth),
            StopRule.lossShareAtMost(tenth),
            StopRule.lossAtMost(loss),
            StopRule.weightsShareWithin(tenth),
            StopRule.weightsWithin(3 * tenth),
            near.or(after),
            after.and(StopRule.filterWithin(.5)));
    for (StopRule rule : content) {
      assertThatCode(() -> descent(3, rule, .1, 100).warning(normalised(2000)))
          .as("%s", rule)
          .doesNotThrowAnyException();
    }
  }
}
