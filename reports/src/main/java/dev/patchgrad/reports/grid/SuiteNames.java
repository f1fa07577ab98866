package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.run.Result;
import java.util.Set;

/** Names of the suites and of their parameters, as the benchmarks declare them. */
public final class SuiteNames {
  /** One gradient over a batch. */
  public static final String GRADIENT = Result.GRADIENT;

  /** The machine's read bandwidth of a memory level. */
  public static final String READ_ROOF = "dev.patchgrad.bench.suite.RoofBenchmark.read";

  /** The same on all threads at once. */
  public static final String READ_ROOF_ALL_THREADS =
      "dev.patchgrad.bench.suite.RoofBenchmark.readAllThreads";

  /** The machine's peak of multiplications and additions. */
  public static final String FMA_ROOF = "dev.patchgrad.bench.suite.RoofBenchmark.fma";

  /** The same on all threads at once. */
  public static final String FMA_ROOF_ALL_THREADS =
      "dev.patchgrad.bench.suite.RoofBenchmark.fmaAllThreads";

  /** Gradients by other libraries, and by patchgrad's kernels beside them. */
  public static final String PEER = "dev.patchgrad.bench.suite.PeerBenchmark.gradient";

  /** Gradients of many students by other libraries, and by patchgrad's kernels beside them. */
  public static final String STUDENTS_PEER =
      "dev.patchgrad.bench.suite.StudentsPeerBenchmark.gradients";

  /** Many students in register tiles, by the name that the suite of peers knows them by. */
  public static final String TILES = "tiles";

  /** Gradients in many JVMs: whether one is far slower than another, or allocates. */
  public static final String CLIFF = "dev.patchgrad.bench.suite.CliffBenchmark.gradient";

  /** The gradients of many students in one pass. */
  public static final String STUDENTS_TOGETHER =
      "dev.patchgrad.bench.suite.StudentsBenchmark.together";

  /** The same, a block of samples at a time for one student after the other. */
  public static final String STUDENTS_BLOCKS = "dev.patchgrad.bench.suite.StudentsBenchmark.blocks";

  /** The same, one student after the other by a kernel for one. */
  public static final String STUDENTS_SEPARATE =
      "dev.patchgrad.bench.suite.StudentsBenchmark.separate";

  /** Parameter: the students of an operation. */
  public static final String STUDENTS = "students";

  /** What the suite of cliffs counts beside the time: bytes that a gradient allocates. */
  public static final String ALLOCATED_BYTES = "allocatedBytes";

  /** What it times beside the gradients: calls a second of a plain loop. */
  public static final String YARDSTICK = "yardstick";

  /** Both suites of other libraries. */
  public static final Set<String> PEERS = Set.of(PEER, STUDENTS_PEER);

  /** All that measure reading. */
  static final Set<String> READ_ROOFS = Set.of(READ_ROOF, READ_ROOF_ALL_THREADS);

  /** All that measure arithmetic. */
  static final Set<String> FMA_ROOFS = Set.of(FMA_ROOF, FMA_ROOF_ALL_THREADS);

  /** All that measure what the machine allows. */
  public static final Set<String> ROOFS =
      Set.of(READ_ROOF, READ_ROOF_ALL_THREADS, FMA_ROOF, FMA_ROOF_ALL_THREADS);

  /** Parameter: the kernel's name. */
  public static final String KERNEL = "kernel";

  /** Parameter: float or double. */
  public static final String PRECISION = "precision";

  /** Parameter: dimension of a patch. */
  public static final String PATCH_DIMENSION = "p";

  /** Parameter: patches of a sample. */
  public static final String PATCHES = "k";

  /** Parameter: the memory level that the batch fills. */
  public static final String LEVEL = Result.LEVEL;

  /** The kernel that others are compared with first. */
  public static final String SCALAR = "scalar";

  /** The library that others are compared with. */
  public static final String EJML = "ejml";

  private SuiteNames() {}
}
