package dev.patchgrad.bench.peer;

import dev.patchgrad.network.Precision;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/** The gradients of many students in C, in ${type}: one call of a function over Java's arrays. */
final class ${Type}CStudents extends ${Type}StudentsPeer {
  private static final CompiledSources SOURCES = CompiledSources.of(Precision.${TYPE});
  private static final MethodHandle STUDENTS =
      SOURCES.function(
          "students",
          null,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS);
  private static final MethodHandle SCRATCH =
      SOURCES.function(
          "students_scratch",
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG);

  private MemorySegment patchesSegment = MemorySegment.NULL;
  private MemorySegment labelsSegment = MemorySegment.NULL;
  private MemorySegment filters = MemorySegment.NULL;
  private MemorySegment weights = MemorySegment.NULL;
  private MemorySegment scratch = MemorySegment.NULL;
  private MemorySegment filterSums = MemorySegment.NULL;
  private MemorySegment weightSums = MemorySegment.NULL;
  private MemorySegment squaresSums = MemorySegment.NULL;

  ${Type}CStudents(String resolved) {
    super(CPeers.TILES, resolved);
  }

  @Override
  int stride(int students) {
    int lanes = ${Type}C.lanes();
    return (students + lanes - 1) / lanes * lanes;
  }

  @Override
  void bind() {
    patchesSegment = MemorySegment.ofArray(patches);
    labelsSegment = MemorySegment.ofArray(labels);
    filters = MemorySegment.ofArray(w);
    weights = MemorySegment.ofArray(a);
    scratch = MemorySegment.ofArray(new ${type}[scratch(k, p, stride)]);
    filterSums = MemorySegment.ofArray(filterSum);
    weightSums = MemorySegment.ofArray(weightSum);
    squaresSums = MemorySegment.ofArray(squares);
  }

  private static int scratch(long k, long p, long stride) {
    try {
      return Math.toIntExact((long) SCRATCH.invokeExact(k, p, stride));
    } catch (Throwable e) {
      throw new IllegalStateException("students_scratch in C gives no number", e);
    }
  }

  @Override
  void accumulate() {
    Arrays.fill(filterSum, 0);
    Arrays.fill(weightSum, 0);
    Arrays.fill(squares, 0);
    try {
      STUDENTS.invokeExact(
          patchesSegment,
          labelsSegment,
          (long) n,
          (long) k,
          (long) p,
          (long) stride,
          filters,
          weights,
          scratch,
          filterSums,
          weightSums,
          squaresSums);
    } catch (Throwable e) {
      throw new IllegalStateException(name() + " failed", e);
    }
  }
}
