package dev.patchgrad.descent;

import dev.patchgrad.network.DataSet;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.SampleBlock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deals samples in the random order of each pass from windows that are read ahead. One thread calls
 * it; another one reads.
 */
final class Dealer implements AutoCloseable {
  private final MiniBatchPlan plan;
  private final ReadAhead<Window> windows;

  /** The mini-batch at hand, counted over all passes, and its samples that are still to come. */
  private long miniBatch;

  private int left;

  /** Samples of the current window that were dealt. */
  private int dealt;

  private @Nullable Window window;

  /** Some chunks' samples as they were read, and the order in which they come. */
  private static final class Window {
    private final SampleBlock rows;
    private int[] order = new int[0];

    Window(SampleBlock rows) {
      this.rows = rows;
    }
  }

  /**
   * Deals from a mini-batch on.
   *
   * @param data to read from
   * @param plan of the mini-batches
   * @param first the mini-batch to begin with, counted over all passes
   */
  Dealer(DataSet data, MiniBatchPlan plan, long first) {
    this.plan = plan;
    this.miniBatch = first;
    this.left = plan.samples(first);
    PassOrder.Sizes sizes = PassOrder.Sizes.of(data);
    long before = plan.before(first);
    PassOrder order = new PassOrder(sizes, plan.seed(), plan.pass(first));
    long firstWindow = order.windowOf(before);
    this.dealt = (int) (before - order.before(firstWindow));
    this.windows =
        new ReadAhead<>(
            List.of(window(data, sizes.capacity()), window(data, sizes.capacity())),
            1,
            new WindowReader(data, sizes, order, firstWindow));
  }

  private static Window window(DataSet data, int capacity) {
    return new Window(
        SampleBlock.of(data.precision(), Layout.ROW_MAJOR)
            .k(data.k())
            .p(data.p())
            .capacity(capacity));
  }

  /** Reads one window after the other; one thread calls it. */
  private static final class WindowReader implements ReadAhead.Filling<Window> {
    private final DataSet data;
    private final PassOrder.Sizes sizes;
    private final long first;
    private PassOrder order;

    WindowReader(DataSet data, PassOrder.Sizes sizes, PassOrder order, long first) {
      this.data = data;
      this.sizes = sizes;
      this.order = order;
      this.first = order.pass() * sizes.windows() + first;
    }

    @Override
    public void fill(long number, Window window) throws IOException {
      long pass = (first + number) / sizes.windows();
      long index = (first + number) % sizes.windows();
      if (pass != order.pass()) {
        order = new PassOrder(sizes, order.seed(), pass);
      }
      window.rows.clear();
      long end = Math.min(sizes.chunks(), (index + 1) * sizes.window());
      for (long place = index * sizes.window(); place < end; place++) {
        long from = order.first(place);
        data.read(from, from + order.size(place), window.rows);
      }
      window.order = order.shuffled(index);
      data.requireUnchanged();
    }
  }

  /** Fills a block with what comes next, as far as the mini-batch at hand goes. */
  void fill(SampleBlock block) throws IOException {
    block.clear();
    if (left == 0) {
      miniBatch++;
      left = plan.samples(miniBatch);
    }
    for (int count = Math.min(left, block.capacity()); count > 0; count--) {
      Window now = window();
      block.add(now.rows, now.order[dealt]);
      dealt++;
      left--;
    }
    block.batch(); // moved to its layout by this thread
  }

  /** The window that has the next sample. */
  private Window window() throws IOException {
    Window now = window;
    if (now != null && dealt < now.order.length) {
      return now;
    }
    if (now != null) {
      windows.giveBack();
      dealt = 0;
    }
    try {
      now = windows.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException refused = new InterruptedIOException("reading ahead was interrupted");
      refused.initCause(e);
      throw refused;
    }
    window = now;
    return now;
  }

  @Override
  public void close() {
    windows.close();
  }
}
