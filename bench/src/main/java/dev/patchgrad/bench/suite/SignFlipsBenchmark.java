package dev.patchgrad.bench.suite;

import dev.patchgrad.bench.problem.AgreementCheck;
import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.GradientProblem;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.kernel.SignFlipsKernel;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import java.util.List;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The gradients at the four sign flips of a start: sharing what they can, and one after the other
 * by a kernel for one. An operation is all four.
 *
 * <p>Not part of the default run.
 */
public class SignFlipsBenchmark extends Suite {
  /** A suite without a state of its own. */
  public SignFlipsBenchmark() {}

  /** The batch, and the four students. */
  @State(Scope.Thread)
  public abstract static class Flips {
    /** Precision of the batch. */
    @Param({"double", "float"})
    public String precision = "";

    /** Dimension of a patch. */
    @Param({"8", "64", "512"})
    public int p;

    /** Patches of a sample. */
    @Param({"16", "64"})
    public int k;

    /** Level of memory that the batch fills: L1, L2, L3, DRAM, or a size such as 64KiB. */
    @Param("L2")
    public String level = "";

    PatchBatch rowMajor;
    List<Student> students;
    List<Gradient> results;

    @SuppressWarnings("NullAway.Init") // Each set-up calls make.
    Flips() {}

    /** Makes batch and students. */
    final void make(String kernel) throws BadParametersException {
      GradientProblem problem =
          GradientProblem.check(GradientProblem.params(precision, p, k, kernel, level));
      rowMajor = problem.batch();
      Student start = problem.student();
      double[] v = start.v();
      double[] a = start.a();
      students =
          List.of(
              start,
              Student.weightNormalised(v, negative(a)),
              Student.weightNormalised(negative(v), a),
              Student.weightNormalised(negative(v), negative(a)));
      results = students.stream().map(Gradient::of).toList();
    }

    /** Holds every flip's gradient against the scalar kernel's. */
    final void requireAgreement(String kernel) {
      for (int flip = 0; flip < students.size(); flip++) {
        AgreementCheck.require(kernel, rowMajor, students.get(flip), results.get(flip));
      }
    }

    private static double[] negative(double[] values) {
      return DoubleStream.of(values).map(value -> -value).toArray();
    }
  }

  /** One pass for all. */
  public static class Together extends Flips {
    private SignFlipsKernel evaluator;
    private PatchBatch batch;

    /** A state without parameters: JMH sets them, then calls {@link #setUp}. */
    public Together() {}

    /**
     * Makes batch and students, and holds each gradient against the scalar kernel's.
     *
     * @throws BadParametersException if a parameter is bad
     * @throws IllegalStateException if the kernel computes something else
     */
    @Setup
    public void setUp() throws BadParametersException {
      // Whose layout it shares.
      make("interleaved");
      evaluator = Kernels.createSignFlips(rowMajor.precision());
      batch = rowMajor.toLayout(evaluator.layout());
      evaluate();
      requireAgreement(evaluator.name());
    }

    double evaluate() {
      evaluator.evaluate(batch, students.getFirst(), results);
      return results.getLast().loss();
    }
  }

  /** A pass for each. */
  public static class Separate extends Flips {
    /** Kernel for one gradient: name the fastest ones of a gradient run. */
    @Param(KernelSets.CONVERTED)
    public String kernel = "";

    private GradientKernel evaluator;
    private PatchBatch batch;

    /** A state without parameters: JMH sets them, then calls {@link #setUp}. */
    public Separate() {}

    /**
     * Makes batch and students, and holds each gradient against the scalar kernel's.
     *
     * @throws BadParametersException if a parameter is bad
     * @throws IllegalStateException if the kernel computes something else
     */
    @Setup
    public void setUp() throws BadParametersException {
      make(kernel);
      evaluator = Kernels.create(kernel, rowMajor.precision());
      batch = rowMajor.toLayout(evaluator.layout());
      evaluate();
      requireAgreement(kernel);
    }

    double evaluate() {
      for (int flip = 0; flip < students.size(); flip++) {
        evaluator.evaluate(batch, students.get(flip), results.get(flip));
      }
      return results.getLast().loss();
    }
  }

  /**
   * All four gradients in one pass.
   *
   * @param state batch and students
   * @return the last loss, which keeps the whole call alive
   */
  @Benchmark
  public double together(Together state) {
    return state.evaluate();
  }

  /**
   * All four gradients, one after the other.
   *
   * @param state batch and students
   * @return the last loss, which keeps the whole call alive
   */
  @Benchmark
  public double separate(Separate state) {
    return state.evaluate();
  }
}
