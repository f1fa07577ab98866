package dev.patchgrad.bench.peer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** OpenBLAS's gemv in ${type}, over Java's arrays. */
final class ${Type}OpenBlas extends ${Type}Peer {
  private static final int COLUMN_MAJOR = 102;
  private static final int PLAIN = 111;
  private static final int TRANSPOSED = 112;
  private static final ${type} ONE = 1;
  private static final ${type} ZERO = 0;
  private static final MethodHandle GEMV =
      OpenBlas.function(
          "cblas_${blas}gemv",
          null,
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

  private final String resolved;
  private MemorySegment patchesSegment = MemorySegment.NULL;
  private MemorySegment wSegment = MemorySegment.NULL;
  private MemorySegment aSegment = MemorySegment.NULL;
  private MemorySegment hiddenSegment = MemorySegment.NULL;
  private MemorySegment residualsSegment = MemorySegment.NULL;
  private MemorySegment filterSegment = MemorySegment.NULL;
  private MemorySegment weightSegment = MemorySegment.NULL;

  ${Type}OpenBlas(String name, String resolved) {
    super(name);
    this.resolved = resolved;
  }

  @Override
  public String resolved() {
    return resolved;
  }

  @Override
  void bind() {
    patchesSegment = MemorySegment.ofArray(patches);
    wSegment = MemorySegment.ofArray(w);
    aSegment = MemorySegment.ofArray(a);
    hiddenSegment = MemorySegment.ofArray(hidden);
    residualsSegment = MemorySegment.ofArray(residuals);
    filterSegment = MemorySegment.ofArray(filterSum);
    weightSegment = MemorySegment.ofArray(weightSum);
  }

  /** to = a matrix of so many rows and columns, column-major, or its transpose, times from. */
  private static void multiply(
      int transposed, int rows, int columns, MemorySegment matrix, MemorySegment from, MemorySegment to) {
    try {
      GEMV.invokeExact(
          COLUMN_MAJOR,
          transposed,
          rows,
          columns,
          ONE,
          matrix,
          rows,
          from,
          1,
          ZERO,
          to,
          1);
    } catch (Throwable e) {
      throw new IllegalStateException("OpenBLAS failed", e);
    }
  }

  @Override
  void multiplyPatches() {
    multiply(TRANSPOSED, w.length, hidden.length, patchesSegment, wSegment, hiddenSegment);
  }

  @Override
  void multiplyHidden() {
    multiply(TRANSPOSED, a.length, residuals.length, hiddenSegment, aSegment, residualsSegment);
  }

  @Override
  void sumWeights() {
    multiply(PLAIN, a.length, residuals.length, hiddenSegment, residualsSegment, weightSegment);
  }

  @Override
  void sumFilter() {
    multiply(PLAIN, w.length, hidden.length, patchesSegment, hiddenSegment, filterSegment);
  }
}
