package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A kernel that has seen a shape allocates nothing for it.
 *
 * <p>Until C2 has compiled a method of the Vector API, each vector is an object; where its inliner
 * refuses a call that a vector crosses, that stays so for ever. So a kernel is called until a call
 * allocates nothing, and fails if that has not come after some thousands of calls and 30 seconds.
 */
class AllocationTest {
  static Stream<Arguments> kernels() {
    return KernelCases.kernels();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aCallAllocatesNothingOnceCompiled(GradientKernel kernel) {
    double[] w = new double[37];
    double[] a = new double[9];
    Arrays.fill(w, .25);
    Arrays.fill(a, .5);
    PatchBatch batch =
        GaussianData.batch(new Teacher(w, a), 100, kernel.precision(), 5).toLayout(kernel.layout());
    w[0] = 2;
    Student student = Student.weightNormalised(w, a);
    Gradient out = Gradient.of(student);
    requireNoAllocation(() -> kernel.evaluate(batch, student, out));
  }

  /** Fewer students than before too: restarts end one by one. */
  @ParameterizedTest
  @EnumSource
  void aCallForManyStudentsAllocatesNothingOnceTheLargestNumberWasSeen(Precision precision) {
    RestartsKernel kernel = Kernels.createRestarts(precision);
    double[] w = new double[37];
    double[] a = new double[9];
    Arrays.fill(w, .25);
    Arrays.fill(a, .5);
    PatchBatch batch =
        GaussianData.batch(new Teacher(w, a), 100, precision, 5).toLayout(kernel.layout());
    w[0] = 2;
    List<Student> students =
        Stream.generate(() -> Student.weightNormalised(w, a)).limit(19).toList();
    List<Gradient> out = students.stream().map(Gradient::of).toList();
    List<Student> fewer = students.subList(0, 3);
    List<Gradient> outOfFewer = out.subList(0, 3);
    requireNoAllocation(
        () -> {
          kernel.evaluate(batch, students, out);
          kernel.evaluate(batch, fewer, outOfFewer);
        });
  }

  private static void requireNoAllocation(Runnable call) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    int calls = 0;
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (least > 0 && (calls < 5000 || System.nanoTime() < deadline)) {
      long before = threads.getCurrentThreadAllocatedBytes();
      call.run();
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      calls++;
    }
    assertThat(least).as("bytes allocated by the best of %d calls", calls).isZero();
  }
}
