package dev.patchgrad.spark;

import dev.patchgrad.kernel.BlockSums;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * A shard's samples in the memory of a machine, in the layout of its kernel: what the cluster
 * caches. Sent to another machine, it is read there anew, in that machine's layout.
 */
final class ShardBlock implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final Source source;
  private final transient PatchBatch batch;

  /**
   * Where a block comes from.
   *
   * @param facts of the shard
   * @param blocks how many shards there are
   * @param labelFactor what each label is multiplied by
   * @param kernels of the machine
   */
  private record Source(
      ShardFacts facts, int blocks, double labelFactor, Broadcast<KernelPool> kernels)
      implements Serializable {
    @Serial private static final long serialVersionUID = 1;
  }

  private ShardBlock(Source source) {
    this.source = source;
    PatchBatch rows = source.facts.read();
    PatchBatch labelled = source.labelFactor == 1 ? rows : rows.withLabelsTimes(source.labelFactor);
    this.batch = source.kernels.value().with(kernel -> labelled.toLayout(kernel.layout()));
  }

  /** Reads a shard, and converts it to the layout of this machine's kernel. */
  static ShardBlock read(
      ShardFacts facts, int blocks, double labelFactor, Broadcast<KernelPool> kernels) {
    return new ShardBlock(new Source(facts, blocks, labelFactor, kernels));
  }

  /** The sums of some students over this block. */
  BlockSums sums(List<Student> students) {
    return source
        .kernels
        .value()
        .with(
            kernel ->
                BlockSums.of(
                    source.facts.shard().number(), source.blocks, kernel.sums(batch, students)));
  }

  @Serial
  private Object readResolve() {
    return new ShardBlock(source);
  }
}
