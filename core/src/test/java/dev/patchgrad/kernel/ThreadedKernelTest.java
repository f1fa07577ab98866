package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Samples divided among threads: same result, same bits, and no thread left behind. */
@Timeout(120)
class ThreadedKernelTest {
  private static final Teacher TEACHER =
      new Teacher(new double[] {1, 2, 3, -1, .5}, new double[] {1, -1, 2});
  private static final Student STUDENT =
      Student.weightNormalised(new double[] {1, 1, -3, -1, .25}, new double[] {1, 1, 2});

  static Stream<Arguments> kernels() {
    return Kernels.names().stream()
        .filter(name -> !name.equals(DoubleEjmlKernel.NAME))
        .flatMap(
            name -> Stream.of(Precision.values()).map(precision -> Arguments.of(name, precision)));
  }

  /**
   * The kernels without a sum across lanes: the Vector API leaves the order of such a sum open, and
   * the interpreter's is another than C2's.
   */
  static Stream<Arguments> kernelsOfOneOrder() {
    return kernels()
        .filter(
            kernel ->
                List.of(DoubleScalarKernel.NAME, DoubleInterleavedKernel.NAME)
                    .contains(kernel.get()[0]));
  }

  /** Both ways of a trial, and what it decides, are among 40 calls: their bits must not differ. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("kernelsOfOneOrder")
  void everyCallGivesTheSameBitsWhicheverThreadComputes(String name, Precision precision) {
    for (int n : new int[] {1, 2, 63, 64, 1000}) {
      for (int threads : new int[] {1, 2, 3, 5}) {
        try (ThreadedKernel kernel = Kernels.create(name, precision, threads);
            ThreadedKernel other = Kernels.create(name, precision, threads)) {
          PatchBatch batch = GaussianData.batch(TEACHER, n, precision, 3).toLayout(kernel.layout());
          Gradient first = evaluate(kernel, batch);
          for (int call = 0; call < 40; call++) {
            assertSameBits(evaluate(call % 2 == 0 ? kernel : other, batch), first);
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("kernels")
  void theGradientIsThatOfOneThreadWithinRounding(String name, Precision precision) {
    GradientKernel one = Kernels.create(name, precision);
    for (int n : new int[] {1, 3, 65, 500}) {
      PatchBatch rows = GaussianData.batch(TEACHER, n, precision, 4);
      Gradient expected = KernelCases.evaluate(one, rows, STUDENT);
      // Both are within the bound of the exact gradient.
      RoundingBound bound = RoundingBound.of(KernelCases.toDouble(rows), STUDENT, precision, false);
      try (ThreadedKernel kernel = Kernels.create(name, precision, 3)) {
        Gradient gradient = KernelCases.evaluate(kernel, rows, STUDENT);
        assertThat(gradient.loss()).isCloseTo(expected.loss(), within(2 * bound.loss()));
        assertThat(KernelCases.filterDistance(gradient, expected))
            .isLessThanOrEqualTo(2 * bound.filter());
        for (int j = 0; j < 3; j++) {
          assertThat(gradient.da()[j]).isCloseTo(expected.da()[j], within(2 * bound.weight(j)));
        }
      }
    }
  }

  /** Fails on the samples of its second half. */
  private static final class Failing extends RangeKernel {
    private final int failing;

    Failing(int failing) {
      super("failing", Precision.DOUBLE, Layout.ROW_MAJOR);
      this.failing = failing;
    }

    @Override
    public String resolved() {
      return "";
    }

    @Override
    void accumulate(PatchBatch batch, int from, int to, Parameters parameters, GradientSums sums) {
      if (from <= failing && failing < to) {
        throw new ArithmeticException("sample " + failing);
      }
    }
  }

  @Test
  void whatAnyThreadThrowsReachesTheCallerAndTheKernelStillWorks() {
    PatchBatch batch = GaussianData.batch(TEACHER, 100, Precision.DOUBLE, 3);
    for (int failing : new int[] {0, 60, 99}) {
      List<Failing> kernels =
          List.of(new Failing(failing), new Failing(failing), new Failing(failing));
      try (ThreadedKernel kernel = new ThreadedKernel(kernels)) {
        Gradient out = Gradient.of(STUDENT);
        out.loss(-7);
        for (int call = 0; call < 20; call++) {
          assertThatThrownBy(() -> kernel.evaluate(batch, STUDENT, out))
              .isInstanceOf(ArithmeticException.class)
              .hasMessage("sample " + failing);
          assertThat(out.loss()).isEqualTo(-7);
        }
        PatchBatch without = batch.slice(0, 1);
        if (failing > 0) {
          kernel.evaluate(without, STUDENT, out);
          assertThat(out.loss()).isZero();
        }
      }
    }
  }

  @Test
  void closingEndsTheThreadsAndALaterCallIsRefused() throws InterruptedException {
    ThreadedKernel kernel = Kernels.create("scalar", Precision.DOUBLE, 4);
    PatchBatch batch = GaussianData.batch(TEACHER, 100, Precision.DOUBLE, 3);
    evaluate(kernel, batch);
    List<Thread> workers =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("patchgrad-worker-"))
            .toList();
    assertThat(workers).hasSizeGreaterThanOrEqualTo(3).allMatch(Thread::isDaemon);
    kernel.close();
    for (Thread worker : workers) {
      worker.join();
    }
    assertThatThrownBy(() -> evaluate(kernel, batch))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("kernel: closed; expected an open one");
  }

  @Test
  void badRequestsAreRefused() {
    assertThatThrownBy(() -> Kernels.create("scalar", Precision.FLOAT, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads: 0 given; expected at least 1");
    assertThatThrownBy(() -> Kernels.create("ejml", Precision.FLOAT, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("kernel: 'ejml' takes whole batches only; expected one that takes a part");
  }

  @Test
  void aCallAllocatesNothingInAnyThread() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (ThreadedKernel kernel = Kernels.create("scalar", Precision.DOUBLE, 2)) {
      PatchBatch batch = GaussianData.batch(TEACHER, 500, Precision.DOUBLE, 3);
      Gradient out = Gradient.of(STUDENT);
      for (int call = 0; call < 100; call++) {
        kernel.evaluate(batch, STUDENT, out);
      }
      long[] ids =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("patchgrad-worker-"))
              .mapToLong(Thread::threadId)
              .toArray();
      long[] before = threads.getThreadAllocatedBytes(ids);
      long own = threads.getCurrentThreadAllocatedBytes();
      for (int call = 0; call < 2000; call++) {
        kernel.evaluate(batch, STUDENT, out);
      }
      // The reading itself allocates; 2000 calls would show.
      assertThat(threads.getCurrentThreadAllocatedBytes() - own).isLessThan(2000);
      long[] after = threads.getThreadAllocatedBytes(ids);
      for (int i = 0; i < ids.length; i++) {
        assertThat(after[i] - before[i]).isLessThan(2000);
      }
    }
  }

  private static Gradient evaluate(GradientKernel kernel, PatchBatch batch) {
    Gradient out = Gradient.of(STUDENT);
    kernel.evaluate(batch, STUDENT, out);
    return out;
  }

  private static void assertSameBits(Gradient gradient, Gradient expected) {
    assertThat(gradient.loss()).isEqualTo(expected.loss());
    assertThat(gradient.dv()).isEqualTo(expected.dv());
    assertThat(gradient.da()).isEqualTo(expected.da());
  }
}
