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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
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
      Teacher.of(new double[] {1, 2, 3, -1, .5}, new double[] {1, -1, 2});
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
    // From n = 1093 in double and twice that in float on, k p = 15 make more than one part.
    for (int n : new int[] {1, 2, 63, 64, 1500, 11_001}) {
      for (int threads : new int[] {1, 2, 3, 5}) {
        try (ThreadedKernel kernel = Kernels.create(name, precision, threads);
            ThreadedKernel other = Kernels.create(name, precision, threads)) {
          PatchBatch batch =
              GaussianData.of(TEACHER).n(n).seed(3).batch(precision).toLayout(kernel.layout());
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
    for (int n : new int[] {1, 3, 65, 7001}) {
      PatchBatch rows = GaussianData.of(TEACHER).n(n).seed(4).batch(precision);
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

  /** Fails on one sample, and notes on which threads it was called for how many samples. */
  private static final class Failing extends RangeKernel {
    private final int failing;
    private final Queue<String> calls;

    Failing(int failing, Queue<String> calls) {
      super("failing", Precision.DOUBLE, Layout.ROW_MAJOR);
      this.failing = failing;
      this.calls = calls;
    }

    @Override
    public String resolved() {
      return "";
    }

    @Override
    void accumulate(PatchBatch batch, int from, int to, Parameters parameters, RunningSums sums) {
      calls.add(Thread.currentThread().getName() + " " + from + " to " + to);
      if (from <= failing && failing < to) {
        throw new ArithmeticException("sample " + failing);
      }
    }
  }

  private static ThreadedKernel failing(int failing, Queue<String> calls) {
    return new ThreadedKernel(
        List.of(
            new Failing(failing, calls), new Failing(failing, calls), new Failing(failing, calls)));
  }

  @Test
  void whatAnyThreadThrowsReachesTheCallerAndTheKernelStillWorks() {
    PatchBatch batch = GaussianData.of(TEACHER).n(3000).seed(3).batch(Precision.DOUBLE);
    for (int failing : new int[] {0, 1500, 2999}) {
      Queue<String> calls = new ConcurrentLinkedQueue<>();
      try (ThreadedKernel kernel = failing(failing, calls)) {
        Gradient out = Gradient.of(STUDENT);
        out.loss(-7);
        for (int call = 0; call < 20; call++) {
          assertThatThrownBy(() -> kernel.evaluate(batch, STUDENT, out))
              .isInstanceOf(ArithmeticException.class)
              .hasMessage("sample " + failing);
          assertThat(out.loss()).isEqualTo(-7);
        }
        if (failing > 0) {
          kernel.evaluate(batch.slice(0, 1), STUDENT, out);
          assertThat(out.loss()).isZero();
        }
      }
    }
  }

  /** 128 KiB are two parts of 64 KiB; 192 are three. A sample is 120 bytes here. */
  @Test
  void aPartHasSixtyFourKibibytesAtLeastAndWorkersWithoutAPartAreLeftAlone() {
    String caller = Thread.currentThread().getName();
    for (int n : new int[] {1, 700, 1092, 1093, 1400, 1638, 1639, 3000}) {
      Queue<String> calls = new ConcurrentLinkedQueue<>();
      PatchBatch batch = GaussianData.of(TEACHER).n(n).seed(3).batch(Precision.DOUBLE);
      try (ThreadedKernel kernel = failing(-1, calls)) {
        for (int call = 0; call < 8; call++) {
          kernel.evaluate(batch, STUDENT, Gradient.of(STUDENT));
        }
      }
      int parts = Math.clamp(n * 120L / (64 * 1024), 1, 3);
      Set<String> expected = new HashSet<>();
      for (int part = 0; part < parts; part++) {
        String range = " " + n * part / parts + " to " + n * (part + 1) / parts;
        expected.add(caller + range);
        if (part > 0) {
          // The second half of a trial.
          expected.add("patchgrad-worker-" + part + range);
        }
      }
      assertThat(new HashSet<>(calls)).as("n = %d", n).isEqualTo(expected);
    }
  }

  /** A sample of k = 3 and p = 5 takes 120 bytes: 2000 of them are three parts. */
  @Test
  void eachShapeIsDividedAnew() {
    Queue<String> calls = new ConcurrentLinkedQueue<>();
    try (ThreadedKernel kernel = failing(-1, calls)) {
      for (int[] shape :
          new int[][] {
            {2000, 3, 5},
            {1, 3, 5},
            {2000, 3, 5},
            {2000, 1, 5},
            {2000, 3, 5},
            {2000, 3, 1},
            {2000, 3, 5}
          }) {
        calls.clear();
        double[] w = new double[shape[2]];
        double[] a = new double[shape[1]];
        Arrays.fill(w, 1);
        Arrays.fill(a, 1);
        PatchBatch batch =
            GaussianData.of(Teacher.of(w, a)).n(shape[0]).seed(3).batch(Precision.DOUBLE);
        Student student = Student.plain(w, a);
        kernel.evaluate(batch, student, Gradient.of(student));
        boolean whole = shape[0] * shape[1] * shape[2] == 30_000;
        assertThat(calls).as("shape %s", Arrays.toString(shape)).hasSize(whole ? 3 : 1);
      }
    }
  }

  @Test
  void closingEndsTheThreadsAndALaterCallIsRefused() throws InterruptedException {
    ThreadedKernel kernel = Kernels.create("scalar", Precision.DOUBLE, 4);
    PatchBatch batch = GaussianData.of(TEACHER).n(3000).seed(3).batch(Precision.DOUBLE);
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
