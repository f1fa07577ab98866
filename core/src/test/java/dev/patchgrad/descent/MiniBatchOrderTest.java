package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The order in which mini-batches come, and the step size of plain students. */
class MiniBatchOrderTest {
  private static final Teacher TEACHER = Teacher.of(new double[] {1, 2}, new double[] {1, .5});
  private static final Student STUDENT =
      Student.weightNormalised(new double[] {1, 0}, new double[] {.5, .5});
  private static final List<PatchBatch> PARTS =
      Objective.cut(GaussianData.of(TEACHER).n(30).seed(1).batch(Precision.DOUBLE), 10);

  /** Passes over the three mini-batches, each as the losses that came. */
  private static List<List<Double>> passes(long seed, int number) {
    Objective objective =
        Objective.miniBatches(
            Kernels.create("scalar", Precision.DOUBLE), PARTS, new SplittableRandom(seed));
    Gradient out = Gradient.of(STUDENT);
    List<List<Double>> passes = new ArrayList<>();
    for (int pass = 0; pass < number; pass++) {
      List<Double> losses = new ArrayList<>();
      for (int part = 0; part < PARTS.size(); part++) {
        objective.evaluate(List.of(STUDENT), List.of(out));
        losses.add(out.loss());
      }
      passes.add(losses);
    }
    return passes;
  }

  @Test
  void eachPassIsInANewOrderAndEveryOrderIsAsLikely() {
    int number = 1200;
    List<List<Double>> passes = passes(1, number);
    Map<List<Double>, Integer> counts = new HashMap<>();
    for (List<Double> pass : passes) {
      assertThat(pass).containsExactlyInAnyOrderElementsOf(passes.getFirst());
      assertThat(pass).doesNotHaveDuplicates();
      counts.merge(pass, 1, Integer::sum);
    }
    assertThat(counts).hasSize(6);
    // Five standard deviations of a count of probability 1/6.
    double bound = 5 * Math.sqrt(number * 5 / 36.0);
    for (int count : counts.values()) {
      assertThat((double) count).isCloseTo(number / 6.0, within(bound));
    }
  }

  @Test
  void aSeedRepeatsItsOrdersAndAnotherHasOthers() {
    assertThat(passes(1, 20)).isEqualTo(passes(1, 20)).isNotEqualTo(passes(2, 20));
  }

  @Test
  void theLossAtZeroIsThatOfAllMiniBatches() {
    double squares = 0;
    for (PatchBatch part : PARTS) {
      for (int i = 0; i < part.n(); i++) {
        squares += part.label(i) * part.label(i);
      }
    }
    Objective objective =
        Objective.miniBatches(
            Kernels.create("scalar", Precision.DOUBLE), PARTS, new SplittableRandom(1));
    assertThat(objective.lossAtZero()).isCloseTo(squares / 60, within(1e-14));
  }

  /**
   * 4 pi/((k + pi - 1) sqrt((|w|^2 - |a|^2)^2 + 4 N R^2)), with |w| = 2, |a| = 1/2, N R^2 = 6.25.
   */
  @Test
  void aPlainStudentsBoundIsThatOfItsOwnLengths() {
    double expected = 4 * Math.PI / ((2 + Math.PI - 1) * Math.sqrt(3.75 * 3.75 + 25));
    Objective objective = Objective.population(TEACHER);
    Student wide = Student.plain(new double[] {0, 2}, new double[] {.3, .4});
    Student narrow = Student.plain(new double[] {.5, 0}, new double[] {0, 2});
    assertThat(StepSize.stableBound(objective, wide)).isCloseTo(expected, within(1e-15));
    assertThat(StepSize.stableBound(objective, narrow)).isCloseTo(expected, within(1e-15));
    assertThat(StepSize.derived().resolve(objective, wide)).isCloseTo(expected / 4, within(1e-15));
    Student normalised = Student.weightNormalised(new double[] {0, 2}, new double[] {.3, .4});
    assertThat(StepSize.stableBound(objective, normalised)).isCloseTo(16 / 6.25, within(1e-14));
  }

  /** Nobody knows the teacher: N R^2 is at most 4 pi/(pi - 1) of the labels' 1/2 E[y^2]. */
  @Test
  void aBoundByTheLabelsAloneIsThatOfTheLargestTeacher() {
    Objective objective = Objective.batch(Kernels.create("scalar", Precision.DOUBLE), PARTS.get(0));
    Student faint = Student.weightNormalised(new double[] {0, .01}, new double[2]);
    double target = 4 * Math.PI * objective.lossAtZero() / (Math.PI - 1);
    assertThat(StepSize.stableBound(objective, faint)).isCloseTo(4e-4 / target, within(1e-17));
  }

  @Test
  void miniBatchesOfOtherSizesAreRefused() {
    PatchBatch wider =
        GaussianData.of(Teacher.of(new double[] {1, 2, 3}, new double[] {1, .5}))
            .n(9)
            .seed(1)
            .batch(Precision.DOUBLE);
    PatchBatch longer =
        GaussianData.of(Teacher.of(new double[] {1, 2}, new double[] {1, 2, 3}))
            .n(9)
            .seed(1)
            .batch(Precision.DOUBLE);
    assertThatThrownBy(() -> miniBatches(List.of(PARTS.get(0), wider)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("miniBatches: p: length 3 given; expected p of the first = 2");
    assertThatThrownBy(() -> miniBatches(List.of(PARTS.get(0), longer)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("miniBatches: k: length 3 given; expected k of the first = 2");
    assertThatThrownBy(() -> miniBatches(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("miniBatches: size: 0 given; expected at least 1");
  }

  private static Objective miniBatches(List<PatchBatch> parts) {
    return Objective.miniBatches(
        Kernels.create("scalar", Precision.DOUBLE), parts, new SplittableRandom(1));
  }
}
