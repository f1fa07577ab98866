package dev.patchgrad.descent;

import dev.patchgrad.network.DataSet;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.SampleBlock;
import java.io.IOException;
import java.util.List;

/**
 * Mini-batches in a random order, block after block and pass after pass, read ahead of the one who
 * takes them: one thread reads windows ({@link PassOrder}), another deals blocks from them.
 *
 * <p>Its memory: two windows and two blocks.
 */
final class MiniBatchStream implements AutoCloseable {
  private final int capacity;
  private final Dealer dealer;
  private final ReadAhead<SampleBlock> blocks;

  /**
   * Begins to read.
   *
   * @param data to read
   * @param layout of the blocks
   * @param plan of the mini-batches
   * @param first the mini-batch to begin with, counted over all passes
   */
  MiniBatchStream(DataSet data, Layout layout, MiniBatchPlan plan, long first) {
    this.capacity = Blocks.samples(data, layout, plan.size());
    List<SampleBlock> two =
        List.of(Blocks.empty(data, layout, capacity), Blocks.empty(data, layout, capacity));
    this.dealer = new Dealer(data, plan, first);
    try {
      this.blocks = new ReadAhead<>(two, 1, (number, block) -> dealer.fill(block));
    } catch (Throwable thrown) {
      dealer.close();
      throw thrown;
    }
  }

  /** Samples of a block; the last one of a mini-batch may have fewer. */
  int capacity() {
    return capacity;
  }

  /**
   * Takes the next block, once it is dealt.
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
    dealer.close();
    blocks.close();
  }
}
