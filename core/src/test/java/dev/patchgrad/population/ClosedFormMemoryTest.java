package dev.patchgrad.population;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evaluating the closed form of ordinary numbers makes no copy of an array. */
class ClosedFormMemoryTest {
  private static final int P = 20_000;

  /** Weights of a teacher who says nothing are ordinary too. */
  @ParameterizedTest
  @CsvSource({"PLAIN, 1", "WEIGHT_NORMALISED, 1", "PLAIN, 0", "WEIGHT_NORMALISED, 0"})
  void anEvaluationAllocatesLessThanOneArrayOfP(Parametrisation parametrisation, double weight) {
    SplittableRandom random = new SplittableRandom(3);
    double[] v = random.doubles(P, -1, 1).toArray();
    Teacher teacher = Teacher.of(random.doubles(P, -1, 1).toArray(), new double[] {weight});
    double[] a = {.5};
    Student student =
        parametrisation == Parametrisation.PLAIN
            ? Student.plain(v, a)
            : Student.weightNormalised(v, a);
    ClosedForm form = ClosedForm.of(teacher);
    Gradient out = Gradient.of(student);
    // The first evaluation loads classes.
    form.evaluate(student, out);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    form.evaluate(student, out);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan((long) P * Double.BYTES);
  }
}
