package dev.patchgrad.bench.peer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/** OpenBLAS's gemm in ${type}, over Java's arrays. */
final class ${Type}OpenBlasStudents extends ${Type}ProductStudents {
  private static final int COLUMN_MAJOR = 102;
  private static final int PLAIN = 111;
  private static final int TRANSPOSED = 112;
  private static final ${type} ONE = 1;
  private static final ${type} ZERO = 0;
  private static final MethodHandle GEMM =
      OpenBlas.function(
          "cblas_${blas}gemm",
          null,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_${TYPE},
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_${TYPE},
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_INT);

  private int patchesOfBlock = 1;

  /** The patches from each block's first on: made once, as a call is not to allocate. */
  private final List<MemorySegment> blocks = new ArrayList<>();

  private MemorySegment wSegment = MemorySegment.NULL;
  private MemorySegment hiddenSegment = MemorySegment.NULL;
  private MemorySegment filterSegment = MemorySegment.NULL;

  ${Type}OpenBlasStudents(String name, String resolved) {
    super(name, resolved, true);
  }

  @Override
  void bind(int most) {
    patchesOfBlock = most;
    blocks.clear();
    for (int first = 0; first < n * k; first += most) {
      blocks.add(MemorySegment.ofArray(patches).asSlice((long) first * p * ${Type}.BYTES));
    }
    wSegment = MemorySegment.ofArray(w);
    hiddenSegment = MemorySegment.ofArray(hidden);
    filterSegment = MemorySegment.ofArray(filters);
  }

  @Override
  void multiplyFilters(int first, int count) {
    try {
      GEMM.invokeExact(
          COLUMN_MAJOR,
          PLAIN,
          PLAIN,
          students,
          count,
          p,
          ONE,
          wSegment,
          stride,
          blocks.get(first / patchesOfBlock),
          p,
          ZERO,
          hiddenSegment,
          stride);
    } catch (Throwable e) {
      throw new IllegalStateException("OpenBLAS failed", e);
    }
  }

  @Override
  void sumFilters(int first, int count, boolean add) {
    try {
      GEMM.invokeExact(
          COLUMN_MAJOR,
          PLAIN,
          TRANSPOSED,
          students,
          p,
          count,
          ONE,
          hiddenSegment,
          stride,
          blocks.get(first / patchesOfBlock),
          p,
          add ? ONE : ZERO,
          filterSegment,
          stride);
    } catch (Throwable e) {
      throw new IllegalStateException("OpenBLAS failed", e);
    }
  }
}
