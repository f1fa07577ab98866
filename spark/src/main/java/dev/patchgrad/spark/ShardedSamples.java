package dev.patchgrad.spark;

import dev.patchgrad.descent.SummedSamples;
import dev.patchgrad.kernel.BlockSums;
import dev.patchgrad.kernel.GradientSums;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
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
  private final List<ShardFacts> facts;
  private final ShardFacts largest;
  private @Nullable Cached cached;
  private boolean isClosed;

  /**
   * The shards as kernels read them.
   *
   * @param labelFactor of their labels
   * @param kernels that were chosen for them
   * @param blocks one a shard
   */
  private record Cached(
      double labelFactor, Broadcast<KernelPool> kernels, JavaRDD<ShardBlock> blocks) {}

  private ShardedSamples(JavaSparkContext spark, List<ShardFacts> facts) {
    this.spark = spark;
    this.facts = facts;
    this.largest = facts.stream().max(Comparator.comparingInt(ShardFacts::n)).orElseThrow();
  }

  /**
   * Reads every shard once, on the cluster.
   *
   * @param spark the cluster
   * @param shards at least one, numbered from 0 in their order
   * @return the samples
   * @throws IllegalArgumentException if a shard cannot be read, is no batch, or is not like the
   *     first; the message names it
   */
  static ShardedSamples open(JavaSparkContext spark, List<Shard> shards) {
    List<ShardFacts> facts =
        Jobs.run(
            () -> spark.parallelize(shards, tasks(spark, shards)).map(ShardFacts::of).collect());
    try {
      facts.forEach(each -> each.requireLike(facts.getFirst()));
    } catch (ShardException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return new ShardedSamples(spark, List.copyOf(facts));
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
    return facts.stream().mapToLong(ShardFacts::n).sum();
  }

  @Override
  public double lossAtZero() {
    if (facts.stream().allMatch(ShardFacts::areLabelsZero)) {
      return 0;
    }
    double squares = facts.stream().mapToDouble(ShardFacts::squares).reduce(0, Double::sum);
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
    BlockSums none = BlockSums.none(facts.size());
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
    int count = facts.size();
    JavaRDD<ShardBlock> blocks =
        spark
            .parallelize(facts, tasks(spark, facts))
            .map(each -> ShardBlock.read(each, count, labelFactor, kernels))
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
        + facts.size()
        + " shards, the first "
        + facts.getFirst().shard().path();
  }
}
