package dev.patchgrad.descent;

import dev.patchgrad.network.DataSet;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.SampleBlock;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One block of a data set's samples after the other, pass after pass, read ahead of the one who
 * takes them.
 *
 * <p>Its memory: the blocks, of {@value #BLOCK_BYTES} bytes, one more than threads read; where the
 * order is random, two windows as well ({@link PassOrder}).
 */
final class BlockStream implements AutoCloseable {
  /**
   * Of a block's patches, unless one group of samples has more: what an L2 of today's servers
   * holds. Part of the order of sums: a change gives other last digits.
   */
  private static final long BLOCK_BYTES = 1 << 20;

  /** How often the files are looked at within a pass: about once a gibibyte. */
  private static final long BLOCKS_BETWEEN_CHECKS = 1024;

  private final ReadAhead<SampleBlock> blocks;
  private final int capacity;
  private final Runnable closeWindows;

  private BlockStream(ReadAhead<SampleBlock> blocks, int capacity, Runnable closeWindows) {
    this.blocks = blocks;
    this.capacity = capacity;
    this.closeWindows = closeWindows;
  }

  /** The samples of a block: whole groups of the layout's lanes, or all there are. */
  static int samplesOfBlock(DataSet data, Layout layout, long most) {
    long sampleBytes = data.k() * layout.storedElements(data.p()) * data.precision().bytes();
    long groups = Math.max(1, BLOCK_BYTES / (sampleBytes * layout.lanes()));
    return (int) Math.min(most, groups * layout.lanes());
  }

  private static List<SampleBlock> blocks(DataSet data, Layout layout, int capacity, int number) {
    Supplier<SampleBlock> made =
        () -> SampleBlock.of(data.precision(), layout).k(data.k()).p(data.p()).capacity(capacity);
    return Stream.generate(made).limit(number).toList();
  }

  /**
   * All samples in their order, in blocks of {@link #samplesOfBlock} of all samples, from the first
   * on; and again.
   *
   * @param threads that read ahead
   */
  static BlockStream inOrder(DataSet data, Layout layout, int threads) {
    int capacity = samplesOfBlock(data, layout, data.n());
    long ofPass = Math.ceilDiv(data.n(), (long) capacity);
    ReadAhead.Filling<SampleBlock> filling =
        (number, block) -> {
          if (number % BLOCKS_BETWEEN_CHECKS == 0) {
            data.requireUnchanged();
          }
          long from = number % ofPass * capacity;
          block.clear();
          data.read(from, Math.min(data.n(), from + capacity), block);
          block.batch(); // moved to its layout by this thread
        };
    return new BlockStream(
        new ReadAhead<>(blocks(data, layout, capacity, threads + 1), threads, filling),
        capacity,
        () -> {});
  }

  /**
   * Mini-batches in a random order, each in blocks of {@link #samplesOfBlock} of its samples.
   *
   * @param plan of the mini-batches
   * @param first the mini-batch to begin with, counted over all passes
   */
  static BlockStream inRandomOrder(DataSet data, Layout layout, MiniBatchPlan plan, long first) {
    int capacity = samplesOfBlock(data, layout, plan.size());
    Dealer dealer = new Dealer(data, plan, first);
    try {
      return new BlockStream(
          new ReadAhead<>(
              blocks(data, layout, capacity, 2), 1, (number, block) -> dealer.fill(block)),
          capacity,
          dealer::close);
    } catch (Throwable thrown) {
      dealer.close();
      throw thrown;
    }
  }

  /** Samples of a block; the last one of a pass, or of a mini-batch, may have fewer. */
  int capacity() {
    return capacity;
  }

  /**
   * Takes the next block, once it is read.
   *
   * @return a block, the caller's until it is given back
   * @throws InterruptedException if this thread is interrupted
   * @throws IOException if it cannot be read
   */
  SampleBlock take() throws InterruptedException, IOException {
    return blocks.take();
  }

  /** Gives back the block that was taken last. */
  void giveBack() {
    blocks.giveBack();
  }

  /** Ends the threads, and returns once they have ended. */
  @Override
  public void close() {
    // The windows first: who deals may wait for one.
    closeWindows.run();
    blocks.close();
  }
}
