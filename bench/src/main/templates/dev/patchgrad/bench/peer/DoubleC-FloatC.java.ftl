package dev.patchgrad.bench.peer;

import dev.patchgrad.network.${Type}Batch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/** The gradient in C, in ${type}: one call of a function that reads and writes Java's arrays. */
final class ${Type}C extends PeerKernel {
  // Constants, or each call would look for the way that its arguments take.
  private static final CompiledSources SOURCES = CompiledSources.of(Precision.${TYPE});
  private static final MethodHandle PLAIN = gradient("plain");
  private static final MethodHandle ROWS = gradient("rows");
  private static final MethodHandle INTERLEAVED = gradient("interleaved");
  private static final int LANES = number("lanes");
  private static final int MOST_PATCHES = number("most_patches");

  private final String resolved;
  private ${type}[] w = {};
  private ${type}[] a = {};
  private double[] filterSum = {};
  private double[] weightSum = {};
  private long p;
  private MemorySegment patches = MemorySegment.NULL;
  private MemorySegment labels = MemorySegment.NULL;
  private MemorySegment filter = MemorySegment.NULL;
  private MemorySegment weights = MemorySegment.NULL;
  private MemorySegment scratch = MemorySegment.NULL;
  private MemorySegment filterSums = MemorySegment.NULL;
  private MemorySegment weightSums = MemorySegment.NULL;

  ${Type}C(String name, Layout layout, String resolved) {
    super(name, Precision.${TYPE}, layout);
    this.resolved = resolved;
  }

  /** The lanes of the C library's vectors. */
  static int lanes() {
    return LANES;
  }

  private static MethodHandle gradient(String name) {
    return SOURCES.function(
        name,
        ValueLayout.JAVA_DOUBLE,
        ValueLayout.ADDRESS,
        ValueLayout.ADDRESS,
        ValueLayout.JAVA_LONG,
        ValueLayout.JAVA_LONG,
        ValueLayout.JAVA_LONG,
        ValueLayout.ADDRESS,
        ValueLayout.ADDRESS,
        ValueLayout.ADDRESS,
        ValueLayout.ADDRESS,
        ValueLayout.ADDRESS);
  }

  private static int number(String name) {
    try {
      return (int) SOURCES.function(name, ValueLayout.JAVA_INT).invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(name + " in C gives no number", e);
    }
  }

  @Override
  public String resolved() {
    return resolved;
  }

  @Override
  void bind(PatchBatch batch) {
    ${Type}Batch typed = (${Type}Batch) batch;
    int k = batch.k();
    if (k > MOST_PATCHES) {
      throw new IllegalArgumentException(
          "k: " + k + " given; expected at most " + MOST_PATCHES + " in C");
    }
    int stored = (int) layout().storedElements(batch.p());
    p = stored;
    w = new ${type}[stored];
    a = new ${type}[k];
    filterSum = new double[stored];
    weightSum = new double[k];
    patches =
        MemorySegment.ofArray(typed.patches()).asSlice((long) batch.offset() * ${Type}.BYTES);
    labels = MemorySegment.ofArray(typed.labels());
    filter = MemorySegment.ofArray(w);
    weights = MemorySegment.ofArray(a);
    scratch = MemorySegment.ofArray(new ${type}[2 * (stored + k) * LANES]);
    filterSums = MemorySegment.ofArray(filterSum);
    weightSums = MemorySegment.ofArray(weightSum);
  }

  @Override
  double accumulate(PatchBatch batch) {
    copyFilter(w);
    copyWeights(a);
    Arrays.fill(filterSum, 0);
    Arrays.fill(weightSum, 0);
    long n = batch.n();
    long k = batch.k();
    try {
      return switch (name()) {
<#list [["CPeers.ROWS", "ROWS"], ["CPeers.INTERLEAVED", "INTERLEAVED"]] as shape>
        case ${shape[0]} ->
            (double)
                ${shape[1]}.invokeExact(
                    patches, labels, n, k, p, filter, weights, scratch, filterSums, weightSums);
</#list>
        default ->
            (double)
                PLAIN.invokeExact(
                    patches, labels, n, k, p, filter, weights, scratch, filterSums, weightSums);
      };
    } catch (Throwable e) {
      throw new IllegalStateException(name() + " failed", e);
    }
  }

  @Override
  double filterSum(int c) {
    return filterSum[c];
  }

  @Override
  double weightSum(int j) {
    return weightSum[j];
  }
}
