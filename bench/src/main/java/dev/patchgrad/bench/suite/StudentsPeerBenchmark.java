package dev.patchgrad.bench.suite;

import dev.patchgrad.bench.peer.Peers;
import dev.patchgrad.bench.problem.AgreementCheck;
import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.GradientProblem;
import dev.patchgrad.bench.problem.ParameterReader;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import dev.patchgrad.reports.grid.SuiteNames;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The gradients of many students over one batch by other libraries, each as its user would write
 * them well, in C, and by patchgrad's ways in the same run. An operation is all of them. The
 * summary gives the ratios.
 */
public class StudentsPeerBenchmark extends Suite {
  /** Precision of the batch. */
  @Param({"double", "float"})
  public String precision = "";

  /** Dimension of a patch. */
  @Param({"8", "64", "512"})
  public int p;

  /** Patches of a sample. */
  @Param({"16", "64"})
  public int k;

  /** R, the students. */
  @Param({"4", "8", "16", "32", "64"})
  public int students;

  /**
   * Name of a peer; {@code tiles}; or a kernel that takes one student after the other. What this
   * system lacks is left out: a BLAS, OpenBLAS, a C compiler.
   */
  @Param({"netlib-vector", "netlib-native", "openblas", "c-tiles", "tiles", KernelSets.CONVERTED})
  public String kernel = "";

  /** Level of memory that the batch fills: L1, L2, L3, DRAM, or a size such as 64KiB. */
  @Param("L2")
  public String level = "";

  private StudentsKernel evaluator;
  private PatchBatch batch;
  private List<Student> all;
  private List<Gradient> results;

  /** A state without parameters: JMH sets them, then calls {@link #setUp}. */
  @SuppressWarnings("NullAway.Init") // JMH calls setUp.
  public StudentsPeerBenchmark() {}

  /**
   * Makes batch and students, and holds each gradient against the scalar kernel's.
   *
   * @throws BadParametersException if a parameter is bad
   * @throws IllegalStateException if the library computes something else
   */
  @Setup
  public void setUp() throws BadParametersException {
    Map<String, String> params = GradientProblem.params(precision, p, k, kernel, level);
    params.put(SuiteNames.STUDENTS, Integer.toString(students));
    GradientProblem problem = check(params);
    PatchBatch rowMajor = problem.batch();
    evaluator = Peers.createStudents(kernel, problem.precision());
    batch = rowMajor.toLayout(evaluator.layout());
    all = problem.students(students);
    results = all.stream().map(Gradient::of).toList();
    gradients();
    for (int r = 0; r < students; r++) {
      AgreementCheck.require(kernel, rowMajor, all.get(r), results.get(r));
    }
    System.out.println("\n# patchgrad: kernel=" + kernel + " (" + evaluator.resolved() + ")");
  }

  /** Reads a cell; a peer that this system lacks is good elsewhere. */
  static GradientProblem check(Map<String, String> params) throws BadParametersException {
    ParameterReader reader = new ParameterReader(params);
    reader.count(SuiteNames.STUDENTS);
    reader.check(() -> Peers.createStudents(reader.text("kernel"), reader.precision()).name(), "");
    reader.requireSound();
    Map<String, String> known = new TreeMap<>(params);
    // Whichever way, what is counted is a batch in its own layout.
    known.put("kernel", "scalar");
    return GradientProblem.check(known);
  }

  /**
   * All gradients.
   *
   * @return the last loss, which with the live arrays of the results keeps the whole call alive
   */
  @Benchmark
  public double gradients() {
    evaluator.evaluate(batch, all, results);
    return results.getLast().loss();
  }
}
