package dev.patchgrad.spark;

import dev.patchgrad.kernel.BlockSums;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * A part of a shard in the memory of a machine, in the layout of its kernel: what the cluster
 * caches. Sent to another machine, it is read there anew, in that machine's layout.
 */
final class ShardBlock implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final Source source;
  private final transient PatchBatch batch;

  /**
   * Where a block comes from.
   *
   * @param part of a shard
   * @param number of the block
   * @param blocks how many there are
   * @param labelFactor what each label is multiplied by
   * @param kernels of the machine
   */
  private record Source(
      ShardPart part, int number, int blocks, double labelFactor, Broadcast<KernelPool> kernels)
      implements Serializable {
    @Serial private static final long serialVersionUID = 1;
  }

  private ShardBlock(Source source) {
    this.source = source;
    PatchBatch read = source.kernels.value().with(kernel -> source.part.read(kernel.layout()));
    this.batch = source.labelFactor == 1 ? read : read.withLabelsTimes(source.labelFactor);
  }

  /** Reads a part, in the layout of this machine's kernel. */
  static ShardBlock read(
      ShardPart part, int number, int blocks, double labelFactor, Broadcast<KernelPool> kernels) {
    return new ShardBlock(new Source(part, number, blocks, labelFactor, kernels));
  }

  /** The sums of some students over this block. */
  BlockSums sums(List<Student> students) {
    return source
        .kernels
        .value()
        .with(kernel -> BlockSums.of(source.number, source.blocks, kernel.sums(batch, students)));
  }

  @Serial
  private Object readResolve() {
    return new ShardBlock(source);
  }
}
