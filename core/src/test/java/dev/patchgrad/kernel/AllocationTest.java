package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchgrad.guard.CallUnderTest;
import dev.patchgrad.guard.NoAllocation;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A kernel that has seen a shape allocates nothing for it, after all others went through the same
 * JVM.
 *
 * <p>Until C2 has compiled a method of the Vector API, each vector is an object; where its inliner
 * refuses a call that a vector crosses, that stays so for ever. The guard calls a kernel until it
 * allocates nothing, and fails if that has not come after 15 seconds, twice.
 *
 * <p>With {@code -Xbatch} a call waits while a method is compiled. C2 then has seen the same types
 * at the same point in each run, as it does not on a busy machine: what allocates, allocates
 * always.
 */
class AllocationTest {
  static Stream<Arguments> kernels() {
    return KernelCases.kernels();
  }

  @ParameterizedTest
  @NoAllocation(warmUpMillis = 15_000, timeoutSeconds = 600, jvmArgs = "-Xbatch")
  @MethodSource("kernels")
  void aCallAllocatesNothingOnceCompiled(GradientKernel kernel, CallUnderTest call)
      throws Throwable {
    double[] w = new double[37];
    double[] a = new double[9];
    Arrays.fill(w, .25);
    Arrays.fill(a, .5);
    PatchBatch batch =
        GaussianData.of(Teacher.of(w, a))
            .n(100)
            .seed(5)
            .batch(kernel.precision())
            .toLayout(kernel.layout());
    w[0] = 2;
    Student student = Student.weightNormalised(w, a);
    Gradient out = Gradient.of(student);
    call.repeat(() -> kernel.evaluate(batch, student, out));
  }

  static Stream<Arguments> kernelsForManyStudents() {
    return KernelCases.students()
        .filter(kernel -> !kernel.getPayload().name().equals(DoubleEjmlKernel.NAME))
        .map(Arguments::of);
  }

  /** Fewer students than before too: descents end one by one. */
  @ParameterizedTest
  @NoAllocation(warmUpMillis = 15_000, timeoutSeconds = 600, jvmArgs = "-Xbatch")
  @MethodSource("kernelsForManyStudents")
  void aCallForManyStudentsAllocatesNothingOnceTheLargestNumberWasSeen(
      StudentsKernel kernel, CallUnderTest call) throws Throwable {
    double[] w = new double[37];
    double[] a = new double[9];
    Arrays.fill(w, .25);
    Arrays.fill(a, .5);
    PatchBatch batch =
        GaussianData.of(Teacher.of(w, a))
            .n(100)
            .seed(5)
            .batch(kernel.precision())
            .toLayout(kernel.layout());
    w[0] = 2;
    List<Student> students =
        Stream.generate(() -> Student.weightNormalised(w, a)).limit(19).toList();
    List<Gradient> out = students.stream().map(Gradient::of).toList();
    List<Student> fewer = students.subList(0, 3);
    List<Gradient> outOfFewer = out.subList(0, 3);
    call.repeat(
        () -> {
          kernel.evaluate(batch, students, out);
          kernel.evaluate(batch, fewer, outOfFewer);
        });
  }

  @ParameterizedTest
  @NoAllocation(warmUpMillis = 15_000, timeoutSeconds = 600, jvmArgs = "-Xbatch")
  @EnumSource
  void aCallForTheFourSignFlipsAllocatesNothingOnceCompiled(Precision precision, CallUnderTest call)
      throws Throwable {
    SignFlipsKernel kernel = Kernels.createSignFlips(precision);
    double[] w = new double[37];
    double[] a = new double[9];
    Arrays.fill(w, .25);
    Arrays.fill(a, .5);
    PatchBatch batch =
        GaussianData.of(Teacher.of(w, a)).n(100).seed(5).batch(precision).toLayout(kernel.layout());
    w[0] = 2;
    Student student = Student.weightNormalised(w, a);
    List<Gradient> out =
        Stream.generate(() -> Gradient.of(student)).limit(SignFlipsKernel.FLIPS).toList();
    call.repeat(() -> kernel.evaluate(batch, student, out));
  }

  @ParameterizedTest
  @NoAllocation(warmUpMillis = 15_000, timeoutSeconds = 600, allThreads = true, jvmArgs = "-Xbatch")
  @MethodSource("kernels")
  void aCallOnTwoThreadsAllocatesNothingInEitherOnceCompiled(GradientKernel one, CallUnderTest call)
      throws Throwable {
    assumeTrue(one instanceof RangeKernel, "takes whole batches only");
    double[] w = new double[37];
    double[] a = new double[9];
    Arrays.fill(w, .25);
    Arrays.fill(a, .5);
    PatchBatch batch =
        GaussianData.of(Teacher.of(w, a))
            .n(100)
            .seed(5)
            .batch(one.precision())
            .toLayout(one.layout());
    assertThat(batch.patchBytes())
        .as("large enough to be divided")
        .isGreaterThanOrEqualTo(128 * 1024);
    w[0] = 2;
    Student student = Student.weightNormalised(w, a);
    Gradient out = Gradient.of(student);
    try (ThreadedKernel kernel = Kernels.create(one.name(), one.precision(), 2)) {
      call.repeat(() -> kernel.evaluate(batch, student, out));
    }
  }
}
