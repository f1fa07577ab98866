package dev.patchgrad.spark;

import dev.patchgrad.descent.SummedSamples;
import dev.patchgrad.kernel.BlockSums;
import dev.patchgrad.kernel.GradientSums;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * The driver's side of samples in shards: sends students out, and has the cluster add up their
 * sums. The shards are cached as far as the cluster's memory goes; what does not fit, or was lost
 * with a machine, is read again.
 *
 * <p>Threads may share it: a cluster runs several jobs at a time.
 */
final class ShardedSamples implements SummedSamples, AutoCloseable {
  /** Of tasks for each core, so that none waits long for the last one. */
  private static final int TASKS_OF_A_CORE = 2;

  private final JavaSparkContext spark;
  private final List<ShardPart> parts;
  private final ShardPart largest;
  private @Nullable Cached cached;
  private boolean isClosed;

  /**
   * The shards as kernels read them.
   *
   * @param labelFactor of their labels
   * @param kernels that were chosen for them
   * @param blocks of all shards
   */
  private record Cached(
      double labelFactor, Broadcast<KernelPool> kernels, JavaRDD<ShardBlock> blocks) {}

  /**
   * A part and the number of its block.
   *
   * @param number from 0 over all shards
   * @param part of a shard
   */
  private record Numbered(int number, ShardPart part) implements Serializable {
    @Serial private static final long serialVersionUID = 1;
  }

  private ShardedSamples(JavaSparkContext spark, List<ShardPart> parts) {
    this.spark = spark;
    this.parts = parts;
    this.largest = parts.stream().max(Comparator.comparingInt(ShardPart::samples)).orElseThrow();
  }

  /**
   * Looks at every shard once, on the cluster: at its header and labels.
   *
   * @param spark the cluster
   * @param shards at least one, numbered from 0 in their order
   * @param blockBytes of the patches of a block
   * @return the samples
   * @throws IllegalArgumentException if a shard cannot be read, is no batch, or is not like the
   *     first; the message names it
   */
  static ShardedSamples open(JavaSparkContext spark, List<Shard> shards, long blockBytes) {
    List<List<ShardPart>> ofShards =
        Jobs.run(
            () ->
                spark
                    .parallelize(shards, tasks(spark, shards))
                    .map(shard -> ShardPart.of(shard, blockBytes))
                    .collect());
    List<ShardPart> parts = ofShards.stream().flatMap(List::stream).toList();
    try {
      parts.forEach(part -> part.requireLike(parts.getFirst()));
    } catch (ShardException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return new ShardedSamples(spark, parts);
  }

  /** The result does not depend on it: blocks have their numbers, whoever has them. */
  private static int tasks(JavaSparkContext spark, List<?> shards) {
    return Math.clamp((long) TASKS_OF_A_CORE * spark.defaultParallelism(), 1, shards.size());
  }

  @Override
  public int k() {
    return largest.k();
  }

  @Override
  public int p() {
    return largest.p();
  }

  @Override
  public Precision precision() {
    return largest.precision();
  }

  /** All samples. */
  long n() {
    return parts.stream().mapToLong(ShardPart::samples).sum();
  }

  @Override
  public double lossAtZero() {
    if (parts.stream().allMatch(ShardPart::areLabelsZero)) {
      return 0;
    }
    double squares = parts.stream().mapToDouble(ShardPart::squares).reduce(0, Double::sum);
    // Labels whose squares all vanish are not 0: they are too small.
    return Math.max(squares / (2.0 * n()), Double.MIN_VALUE);
  }

  @Override
  public List<GradientSums> sums(List<Student> students, double labelFactor) {
    JavaRDD<ShardBlock> blocks = blocks(students.size(), labelFactor);
    Broadcast<StudentValues[]> values = spark.broadcast(StudentValues.of(students));
    try {
      return total(blocks, values);
    } finally {
      values.destroy();
    }
  }

  private List<GradientSums> total(JavaRDD<ShardBlock> blocks, Broadcast<StudentValues[]> values) {
    BlockSums none = BlockSums.none(parts.size());
    return Jobs.run(
            () ->
                blocks.treeAggregate(
                    none,
                    (sums, block) -> sums.plus(block.sums(StudentValues.students(values.value()))),
                    BlockSums::plus))
        .total();
  }

  private synchronized JavaRDD<ShardBlock> blocks(int students, double labelFactor) {
    if (isClosed) {
      throw new IllegalStateException("objective: closed; expected one that is open");
    }
    Cached now = cached;
    if (now == null || now.labelFactor != labelFactor) {
      forget();
      now = cache(students, labelFactor);
      cached = now;
    }
    return now.blocks;
  }

  private Cached cache(int students, double labelFactor) {
    Broadcast<KernelPool> kernels = spark.broadcast(new KernelPool(largest, students));
    int count = parts.size();
    List<Numbered> numbered = new ArrayList<>();
    for (ShardPart part : parts) {
      numbered.add(new Numbered(numbered.size(), part));
    }
    JavaRDD<ShardBlock> blocks =
        spark
            .parallelize(numbered, tasks(spark, numbered))
            .map(each -> ShardBlock.read(each.part, each.number, count, labelFactor, kernels))
            .setName("patchgrad shards")
            .persist(StorageLevel.MEMORY_ONLY());
    return new Cached(labelFactor, kernels, blocks);
  }

  private void forget() {
    Cached now = cached;
    if (now != null) {
      now.blocks.unpersist(false);
      now.kernels.destroy();
      cached = null;
    }
  }

  /** Frees the cluster's memory. */
  @Override
  public synchronized void close() {
    isClosed = true;
    forget();
  }

  @Override
  public String toString() {
    return n()
        + " samples in "
        + parts.size()
        + " shards, the first "
        + parts.getFirst().shard().path();
  }
}
