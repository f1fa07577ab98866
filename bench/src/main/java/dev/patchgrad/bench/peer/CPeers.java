package dev.patchgrad.bench.peer;

import dev.patchgrad.bench.problem.NotOnThisMachineException;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Precision;

/** The gradient in C, by the functions of {@code bench/src/main/c}. */
final class CPeers {
  /** Plain loops, which the compiler makes vectors of. */
  static final String PLAIN = "c-plain";

  /** Patches in rows, the dot products of eight summed across lanes together; by intrinsics. */
  static final String ROWS = "c-rows";

  /** Samples side by side, one in each lane; by intrinsics. */
  static final String INTERLEAVED = "c-interleaved";

  /** Many students, one in each lane, in register tiles; by intrinsics. */
  static final String TILES = "c-tiles";

  private CPeers() {}

  /**
   * One student's gradient.
   *
   * @throws NotOnThisMachineException if this system has no C compiler
   */
  static GradientKernel create(String name, Precision precision) {
    CompiledSources sources = CompiledSources.of(precision);
    return switch (precision) {
      case DOUBLE -> new DoubleC(name, layout(name, DoubleC.lanes()), sources.text());
      case FLOAT -> new FloatC(name, layout(name, FloatC.lanes()), sources.text());
    };
  }

  /**
   * The gradients of many students.
   *
   * @throws NotOnThisMachineException if this system has no C compiler
   */
  static StudentsKernel students(Precision precision) {
    CompiledSources sources = CompiledSources.of(precision);
    return switch (precision) {
      case DOUBLE -> new DoubleCStudents(sources.text());
      case FLOAT -> new FloatCStudents(sources.text());
    };
  }

  private static Layout layout(String name, int lanes) {
    return switch (name) {
      case ROWS -> Layout.padded(lanes);
      case INTERLEAVED -> Layout.interleaved(lanes);
      default -> Layout.ROW_MAJOR;
    };
  }
}
