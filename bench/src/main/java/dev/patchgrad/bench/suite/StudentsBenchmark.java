package dev.patchgrad.bench.suite;

import dev.patchgrad.bench.problem.AgreementCheck;
import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.GradientProblem;
import dev.patchgrad.bench.problem.ParameterReader;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import dev.patchgrad.reports.grid.SuiteNames;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The gradients of many students over one batch: in one pass, and one after the other by a kernel
 * for one. An operation is all of them.
 *
 * <p>Not part of the default run. The target is a share of {@code RoofBenchmark}'s FMA peak, to be
 * measured in the same run: {@code StudentsBenchmark|RoofBenchmark.fma}.
 */
public class StudentsBenchmark extends Suite {
  /** A suite without a state of its own. */
  public StudentsBenchmark() {}

  /** The batch, and the students. */
  @State(Scope.Thread)
  public abstract static class Starts {
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

    /** R, the students. */
    @Param({"16", "32"})
    public int students;

    PatchBatch rowMajor;
    List<Student> all;
    List<Gradient> results;

    @SuppressWarnings("NullAway.Init") // Each set-up calls make.
    Starts() {}

    /** Makes batch and students. */
    final void make(String kernel) throws BadParametersException {
      Map<String, String> params = GradientProblem.params(precision, p, k, kernel, level);
      params.put(SuiteNames.STUDENTS, Integer.toString(students));
      GradientProblem problem = StudentsBenchmark.check(params);
      rowMajor = problem.batch();
      all = problem.students(students);
      results = all.stream().map(Gradient::of).toList();
    }

    /** Holds every student's gradient against the scalar kernel's. */
    final void requireAgreement(String kernel) {
      for (int r = 0; r < students; r++) {
        AgreementCheck.require(kernel, rowMajor, all.get(r), results.get(r));
      }
    }
  }

  /** One pass for all. */
  public abstract static class OnePass extends Starts {
    private StudentsKernel evaluator;
    private PatchBatch batch;

    @SuppressWarnings("NullAway.Init") // Each set-up calls prepare.
    OnePass() {}

    /** Takes a kernel, and holds each gradient against the scalar kernel's. */
    final void prepare(StudentsKernel kernel) {
      evaluator = kernel;
      batch = rowMajor.toLayout(evaluator.layout());
      evaluate();
      requireAgreement(evaluator.name());
    }

    final double evaluate() {
      evaluator.evaluate(batch, all, results);
      return results.getLast().loss();
    }
  }

  /** In register tiles. */
  public static class Together extends OnePass {

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
      make("scalar");
      prepare(Kernels.createStudents(rowMajor.precision()));
    }
  }

  /** A block of samples at a time, by a kernel for one gradient. */
  public static class Blocks extends OnePass {
    /** Kernel for one gradient: those that can stop after a block of samples. */
    @Param(KernelSets.RESUMABLE)
    public String kernel = "";

    /** A state without parameters: JMH sets them, then calls {@link #setUp}. */
    public Blocks() {}

    /**
     * Makes batch and students, and holds each gradient against the scalar kernel's.
     *
     * @throws BadParametersException if a parameter is bad
     * @throws IllegalStateException if the kernel computes something else
     */
    @Setup
    public void setUp() throws BadParametersException {
      make(kernel);
      prepare(Kernels.createStudents(kernel, rowMajor.precision()));
    }
  }

  /** A pass for each. */
  public static class Separate extends Starts {
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
      for (int r = 0; r < students; r++) {
        evaluator.evaluate(batch, all.get(r), results.get(r));
      }
      return results.getLast().loss();
    }
  }

  /** Reads a cell; the number of students too. */
  static GradientProblem check(Map<String, String> params) throws BadParametersException {
    ParameterReader reader = new ParameterReader(params);
    reader.count(SuiteNames.STUDENTS);
    reader.requireSound();
    return GradientProblem.check(params);
  }

  /**
   * All gradients in one pass, in register tiles.
   *
   * @param state batch and students
   * @return the last loss, which keeps the whole call alive
   */
  @Benchmark
  public double together(Together state) {
    return state.evaluate();
  }

  /**
   * All gradients in one pass, each block of samples for one student after the other.
   *
   * @param state batch and students
   * @return the last loss, which keeps the whole call alive
   */
  @Benchmark
  public double blocks(Blocks state) {
    return state.evaluate();
  }

  /**
   * All gradients, one after the other.
   *
   * @param state batch and students
   * @return the last loss, which keeps the whole call alive
   */
  @Benchmark
  public double separate(Separate state) {
    return state.evaluate();
  }
}
