package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A kernel in use refuses a second thread, whose sums would mix with those of the first. */
@Timeout(60)
final class OneThreadAtATimeTest {
  private static final Student STUDENT =
      Student.weightNormalised(new double[] {1, 1}, new double[] {1, 1, 2});
  private static final PatchBatch BATCH =
      GaussianData.of(Teacher.of(new double[] {1, 2}, new double[] {1, -1, 2}))
          .n(9)
          .seed(3)
          .batch(Precision.DOUBLE);

  private final CountDownLatch within = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  /** Stops a call where it comes by first. */
  private void stop() {
    within.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Outputs that stop the call that takes one of them first. */
  private List<Gradient> stopping(List<Gradient> outputs) {
    return new AbstractList<>() {
      @Override
      public Gradient get(int index) {
        stop();
        return outputs.get(index);
      }

      @Override
      public int size() {
        return outputs.size();
      }
    };
  }

  private static List<Gradient> outputs(int count) {
    return Stream.generate(() -> Gradient.of(STUDENT)).limit(count).toList();
  }

  private void secondCallIsRefused(String name, Runnable first, Runnable second)
      throws InterruptedException {
    Thread user = Thread.ofPlatform().name("the first").start(first);
    within.await();
    assertThatThrownBy(second::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "kernel: '"
                + name
                + "' is in use by thread 'the first'; expected one call at a time, so a kernel for"
                + " each thread");
    release.countDown();
    user.join();
    second.run();
  }

  @Test
  void ofOneStudent() throws InterruptedException {
    GradientKernel kernel =
        new AbstractKernel("slow", Precision.DOUBLE, Layout.ROW_MAJOR) {
          @Override
          void accumulate(PatchBatch batch, Parameters parameters, RunningSums sums) {
            stop();
            sums.addSquares(18);
          }

          @Override
          public String resolved() {
            return "";
          }
        };
    Gradient out = Gradient.of(STUDENT);
    secondCallIsRefused(
        "slow",
        () -> kernel.evaluate(BATCH, STUDENT, out),
        () -> kernel.evaluate(BATCH, STUDENT, Gradient.of(STUDENT)));
    // 18 / (2 n), n = 9: the call that was under way ended as if it had been alone.
    assertThat(out.loss()).isEqualTo(1);
  }

  @Test
  void ofManyStudents() throws InterruptedException {
    StudentsKernel kernel = Kernels.createStudents(Precision.DOUBLE);
    List<Student> students = List.of(STUDENT, STUDENT);
    secondCallIsRefused(
        kernel.name(),
        () -> kernel.evaluate(BATCH, students, stopping(outputs(2))),
        () -> kernel.evaluate(BATCH, students, outputs(2)));
  }

  @Test
  void ofSignFlips() throws InterruptedException {
    SignFlipsKernel kernel = Kernels.createSignFlips(Precision.DOUBLE);
    PatchBatch batch = BATCH.toLayout(kernel.layout());
    secondCallIsRefused(
        kernel.name(),
        () -> kernel.evaluate(batch, STUDENT, stopping(outputs(4))),
        () -> kernel.evaluate(batch, STUDENT, outputs(4)));
  }

  /** A refusal of the arguments ends the call too. */
  @Test
  void aCallThatWasRefusedLeavesTheKernelUsable() {
    GradientKernel kernel = Kernels.create("scalar", Precision.DOUBLE);
    Gradient out = Gradient.of(STUDENT);
    assertThatThrownBy(
            () -> kernel.evaluate(BATCH.slice(0, 9), STUDENT, Gradient.zeros().k(1).p(1)))
        .isInstanceOf(IllegalArgumentException.class);
    kernel.evaluate(BATCH, STUDENT, out);
    assertThat(out.loss()).isPositive();
  }
}
