package dev.patchgrad.descent;

import dev.patchgrad.kernel.BlockSums;
import dev.patchgrad.kernel.GradientSums;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.network.DataSet;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.SampleBlock;
import dev.patchgrad.network.Student;
import java.io.IOException;
import java.util.List;

/**
 * What one thread needs to sum over blocks: room for one, and a kernel of its own. It reads a block
 * and sums over it while it is in the thread's cache: handed to another core, the block would have
 * to come from there.
 */
final class BlockWorker {
  /** How often the files are looked at within a pass: about once in half a gibibyte. */
  private static final long BLOCKS_BETWEEN_CHECKS = 1024;

  private final DataSet data;
  private final StudentsKernel kernel;
  private final SampleBlock block;

  /**
   * A thread's room and kernel.
   *
   * @param data to read
   * @param kernel nobody else's
   */
  BlockWorker(DataSet data, StudentsKernel kernel) {
    this.data = data;
    this.kernel = kernel;
    this.block =
        Blocks.empty(data, kernel.layout(), Blocks.samples(data, kernel.layout(), data.n()));
  }

  /** The blocks of all samples. */
  long blocks() {
    return Math.ceilDiv(data.n(), (long) block.capacity());
  }

  /** The samples before a block; n after the last one. */
  long before(long number) {
    return Math.min(data.n(), number * block.capacity());
  }

  /**
   * Sums over some blocks.
   *
   * @param from the first one's number
   * @param to after the last one's
   * @param students whose sums are wanted
   * @param labelFactor what labels are multiplied by
   * @throws IOException if they cannot be read
   */
  BlockSums sums(long from, long to, List<Student> students, double labelFactor)
      throws IOException {
    BlockSums sums = BlockSums.none(blocks());
    for (long number = from; number < to; number++) {
      if (number % BLOCKS_BETWEEN_CHECKS == 0) {
        data.requireUnchanged();
      }
      block.clear();
      data.read(before(number), before(number + 1), block);
      sums = sums.plus(BlockSums.of(number, blocks(), sums(kernel, block, students, labelFactor)));
    }
    return sums;
  }

  /** Sums over one block. */
  static List<GradientSums> sums(
      StudentsKernel kernel, SampleBlock block, List<Student> students, double labelFactor) {
    PatchBatch batch = block.batch();
    return kernel.sums(labelFactor == 1 ? batch : batch.withLabelsTimes(labelFactor), students);
  }
}
