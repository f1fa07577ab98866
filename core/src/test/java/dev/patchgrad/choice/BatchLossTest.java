package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchLossTest {
  private static final Teacher TEACHER =
      Teacher.of(new double[] {1, -2, 0.5, 1, 3}, new double[] {0.5, 1, -1});
  private static final Student STUDENT =
      Student.weightNormalised(new double[] {2, 1, 0.5, -1, 1}, new double[] {1, -0.5, 0.25});

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1000})
  void theyAreThoseOfTheScalarKernel(int n) {
    PatchBatch batch = GaussianData.of(TEACHER).n(n).seed(3).batch(Precision.DOUBLE);
    GradientKernel scalar = Kernels.create("scalar", Precision.DOUBLE);
    Gradient expected = Gradient.of(STUDENT);
    scalar.evaluate(batch.toLayout(scalar.layout()), STUDENT, expected);
    Gradient actual = BatchLoss.of(batch).gradient(STUDENT);
    // Sums of at most 3000 terms of size about 10 or below: 3000 * 2^-53 * 10 < 1e-11.
    assertThat(actual.loss()).isCloseTo(expected.loss(), within(1e-11));
    assertThat(actual.dv()).containsExactly(expected.dv(), within(1e-11));
    assertThat(actual.da()).containsExactly(expected.da(), within(1e-11));
  }

  @ParameterizedTest
  @EnumSource
  void theChoiceIsForTheBatch(Precision precision) {
    Choice choice = BatchLoss.of(GaussianData.of(TEACHER).n(100).seed(3).batch(precision)).choice();
    assertThat(choice.workload().precision()).isEqualTo(precision);
    assertThat(choice.workload().n()).isEqualTo(100);
    assertThat(choice.explain()).contains("taken: " + choice.kernel());
  }

  @Test
  void threadsCalculateTheSameUntilTheyAreClosed() {
    PatchBatch batch = GaussianData.of(TEACHER).n(1000).seed(3).batch(Precision.DOUBLE);
    BatchLoss shared = BatchLoss.of(batch).threads(2);
    try (shared) {
      // As above.
      assertThat(shared.gradient(STUDENT).loss())
          .isCloseTo(BatchLoss.of(batch).gradient(STUDENT).loss(), within(1e-11));
      assertThat(shared.choice().workload().threads()).isEqualTo(2);
    }
    assertThatThrownBy(() -> shared.gradient(STUDENT)).isInstanceOf(IllegalStateException.class);
    BatchLoss closedEarly = BatchLoss.of(batch).threads(2);
    closedEarly.close();
    assertThatThrownBy(() -> closedEarly.gradient(STUDENT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the loss is closed; expected a call before close()");
  }

  @Test
  void withoutThreadsThereIsNothingToClose() {
    PatchBatch batch = GaussianData.of(TEACHER).n(10).seed(3).batch(Precision.DOUBLE);
    BatchLoss loss = BatchLoss.of(batch);
    loss.close();
    assertThat(loss.gradient(STUDENT).loss()).isPositive();
  }

  @Test
  void severalStudentsOnThreadsGoOneAfterTheOther() {
    PatchBatch batch = GaussianData.of(TEACHER).n(1000).seed(3).batch(Precision.DOUBLE);
    Student other = Student.plain(new double[] {1, 1, 1, 1, 1}, new double[] {1, 0, -1});
    try (BatchLoss shared = BatchLoss.of(batch).threads(2).students(2)) {
      List<Gradient> both = shared.gradients(List.of(STUDENT, other));
      assertThat(both.get(0)).hasToString(shared.gradient(STUDENT).toString());
      assertThat(both.get(1)).hasToString(shared.gradient(other).toString());
      assertThat(shared.choice().isTogether()).isFalse();
    }
  }

  @Test
  void nothingIsConvertedForAFewEvaluations() {
    PatchBatch batch = GaussianData.of(TEACHER).n(1000).seed(3).batch(Precision.DOUBLE);
    BatchLoss once = BatchLoss.of(batch).evaluations(1);
    assertThat(once.choice().workload().evaluations()).isEqualTo(1);
    assertThat(once.gradient(STUDENT).loss())
        .isCloseTo(BatchLoss.of(batch).gradient(STUDENT).loss(), within(1e-11)); // as above
    assertThat(once)
        .asString()
        .startsWith("BatchLoss[DoubleBatch[n=1000, k=3, p=5, row-major], for double")
        .endsWith("evaluated 1 times, by kernel " + once.choice().kernel() + "]");
  }

  @Test
  void aMeasuredChoiceIsTakenWithThreadsOrWithout() {
    PatchBatch batch = GaussianData.of(TEACHER).n(100).seed(3).batch(Precision.DOUBLE);
    BatchLoss measured = BatchLoss.of(batch).measured();
    assertThat(measured.choice().explain()).contains("measured on the caller's batch");
    try (BatchLoss shared = measured.threads(2)) {
      assertThat(shared.choice().kernel()).isEqualTo(measured.choice().kernel());
      assertThat(shared.choice().workload().threads()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40})
  void manyStudentsGetTheGradientsOfEach(int count) {
    PatchBatch batch = GaussianData.of(TEACHER).n(100).seed(3).batch(Precision.DOUBLE);
    List<Student> students = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      students.add(
          Student.weightNormalised(new double[] {2, 1, 0.5, -1, r}, new double[] {1, r, 0.25}));
    }
    List<Gradient> out = students.stream().map(Gradient::of).toList();
    BatchLoss loss = BatchLoss.of(batch).students(count);
    loss.evaluate(students, out);
    assertThat(loss.choice().workload().students()).isEqualTo(count);
    for (int r = 0; r < count; r++) {
      Gradient expected = BatchLoss.of(batch).gradient(students.get(r));
      // Sums of 300 terms whose sizes grow with a_2 <= 40 to at most about 10^4 of a square:
      // 300 * 2^-53 * 10^4 < 1e-9.
      assertThat(out.get(r).loss()).isCloseTo(expected.loss(), within(1e-9));
      assertThat(out.get(r).dv()).containsExactly(expected.dv(), within(1e-9));
      assertThat(out.get(r).da()).containsExactly(expected.da(), within(1e-9));
    }
  }

  @Test
  void aChoiceIsTakenForItsStudentsButNoPassForAllIsDividedAmongThreads() {
    PatchBatch batch = GaussianData.of(TEACHER).n(10).seed(3).batch(Precision.DOUBLE);
    Workload workload = Workload.of(batch).withStudents(16);
    BatchLoss loss = BatchLoss.of(batch).by(new Choice(Kernels.STUDENTS, workload, List.of()));
    assertThat(loss.choice().workload().students()).isEqualTo(16);
    // As above.
    assertThat(loss.gradient(STUDENT).loss())
        .isCloseTo(BatchLoss.of(batch).gradient(STUDENT).loss(), within(1e-11));
    assertThatThrownBy(() -> loss.threads(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "threads: 2 given; expected 1, since the choice is a pass for all students on one"
                + " thread");
  }

  /** Until C2 has compiled a kernel each vector is an object: see the kernels' own test. */
  @Test
  void aCallAllocatesNothingOnceCompiled() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    BatchLoss loss = BatchLoss.of(GaussianData.of(TEACHER).n(200).seed(3).batch(Precision.FLOAT));
    Gradient out = Gradient.of(STUDENT);
    long least = Long.MAX_VALUE;
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (least > 0 && System.nanoTime() < deadline) {
      long before = threads.getCurrentThreadAllocatedBytes();
      loss.evaluate(STUDENT, out);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).isZero();
  }

  @Test
  void aChoiceOfAnotherPrecisionIsRefused() {
    Choice choice =
        KernelChooser.ofThisMachine().choose(Workload.of(Precision.FLOAT).k(3).p(5).n(10));
    PatchBatch batch = GaussianData.of(TEACHER).n(10).seed(3).batch(Precision.DOUBLE);
    assertThatThrownBy(() -> BatchLoss.of(batch).by(choice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch: precision double given; expected float of the choice");
  }

  @Test
  void noThreadStudentOrEvaluationIsRefused() {
    PatchBatch batch = GaussianData.of(TEACHER).n(10).seed(3).batch(Precision.DOUBLE);
    assertThatThrownBy(() -> BatchLoss.of(batch).threads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads: 0 given; expected at least 1");
    assertThatThrownBy(() -> BatchLoss.of(batch).students(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("students: 0 given; expected at least 1");
    assertThatThrownBy(() -> BatchLoss.of(batch).evaluations(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("evaluations: 0 given; expected at least 1");
  }
}
