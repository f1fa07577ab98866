package dev.patchgrad.bench.suite;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.ParameterReader;
import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.population.ClosedForm;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The population loss and gradient in closed form: gradients per second, by p and k. There is no
 * batch; an iteration of population descent costs this. Not part of the default run.
 */
@Fork(2)
@Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class ClosedFormBenchmark extends Suite {
  /** Dimension of a patch. */
  @Param({"8", "64", "512"})
  public int p;

  /** Patches of a sample. */
  @Param({"16", "64", "256"})
  public int k;

  private ClosedForm closedForm;
  private Student student;
  private Gradient result;

  /** A state without parameters: JMH sets them, then calls {@link #setUp}. */
  public ClosedFormBenchmark() {}

  /**
   * Makes teacher and student.
   *
   * @throws BadParametersException if p or k is below 1
   */
  @Setup
  public void setUp() throws BadParametersException {
    check(Map.of("p", Integer.toString(p), "k", Integer.toString(k)));
    SplittableRandom random = new SplittableRandom(20180710);
    closedForm = ClosedForm.of(Teacher.of(unit(random, p), unit(random, k)));
    student = Student.weightNormalised(unit(random, p), unit(random, k));
    result = Gradient.of(student);
  }

  /** Refuses sizes below 1, with a line for each. */
  static void check(Map<String, String> params) throws BadParametersException {
    ParameterReader reader = new ParameterReader(params);
    reader.count("p");
    reader.count("k");
    reader.requireSound();
  }

  private static double[] unit(SplittableRandom random, int length) {
    double[] values = random.doubles(length).map(ignored -> random.nextGaussian()).toArray();
    double norm = Checks.norm(values);
    for (int i = 0; i < length; i++) {
      values[i] /= norm;
    }
    return values;
  }

  /**
   * One gradient.
   *
   * @return the loss, which with the live arrays of the result keeps the whole call alive
   */
  @Benchmark
  public double gradient() {
    closedForm.evaluate(student, result);
    return result.loss();
  }

  /** What the last call computed; live. */
  Gradient result() {
    return result;
  }
}
