package dev.patchgrad.descent;

import dev.patchgrad.network.DataSet;
import java.util.SplittableRandom;

/**
 * The random order in which one pass takes the samples of a data set of any size: runs of samples
 * that lie side by side, chunks, are read in a random order, and the samples of some of them
 * together, a window, are shuffled. What it needs does not grow with n.
 *
 * <p>So samples of one chunk come within one window, and are otherwise anywhere. A data set that is
 * no larger than a window is shuffled as a whole.
 */
final class PassOrder {
  /** Bytes of a chunk: what a disk reads at nearly its full rate. */
  private static final long CHUNK_BYTES = 256 * 1024;

  /** Bytes of a window: two of them are in memory, one of which is read while one is dealt. */
  private static final long WINDOW_BYTES = 16L << 20;

  private final Sizes sizes;
  private final long seed;
  private final long pass;
  private final ChunkOrder order;

  /** The place of the chunk that is shorter than the others, the data set's last one. */
  private final long shortPlace;

  /**
   * How a data set is divided, in every pass.
   *
   * @param n samples
   * @param chunk samples of a chunk, at least 1; the last chunk may have fewer
   * @param window chunks of a window, at least 1
   */
  record Sizes(long n, int chunk, int window) {
    /** As bytes of rows say. */
    static Sizes of(DataSet data) {
      long sampleBytes = (long) data.k() * data.p() * data.precision().bytes();
      long most = Math.min(data.n(), Integer.MAX_VALUE);
      long chunk = Math.clamp(CHUNK_BYTES / sampleBytes, 1, most);
      long window = Math.clamp(WINDOW_BYTES / (chunk * sampleBytes), 1, most);
      return new Sizes(data.n(), (int) chunk, (int) Math.min(window, Math.ceilDiv(most, chunk)));
    }

    /** The chunks, the short one included. */
    long chunks() {
      return Math.ceilDiv(n, chunk);
    }

    /** The samples of the short chunk; 0 where all are full. */
    int rest() {
      return (int) (n % chunk);
    }

    /** The windows of a pass. */
    long windows() {
      return Math.ceilDiv(chunks(), window);
    }

    /** The samples of a window at most. */
    int capacity() {
      return Math.toIntExact(Math.min(n, (long) chunk * window));
    }
  }

  /**
   * The order of a pass.
   *
   * @param sizes of the chunks and windows
   * @param seed of all passes
   * @param pass which one, from 0 on
   */
  PassOrder(Sizes sizes, long seed, long pass) {
    this.sizes = sizes;
    this.seed = seed;
    this.pass = pass;
    SplittableRandom random = random(-1);
    long full = sizes.n() / sizes.chunk();
    this.shortPlace = sizes.rest() == 0 ? Long.MAX_VALUE : random.nextLong(full + 1);
    this.order = new ChunkOrder(full, random);
  }

  /** A generator for one window, or for the chunks; the same for the same seed and pass. */
  private SplittableRandom random(long window) {
    long mixed = ChunkOrder.hash(seed + 0x9e3779b97f4a7c15L);
    mixed = ChunkOrder.hash(mixed ^ pass + 0x9e3779b97f4a7c15L);
    return new SplittableRandom(ChunkOrder.hash(mixed ^ window + 0x9e3779b97f4a7c15L));
  }

  long seed() {
    return seed;
  }

  long pass() {
    return pass;
  }

  /** The first sample of the chunk at a place. */
  long first(long place) {
    if (place == shortPlace) {
      return sizes.n() - sizes.rest();
    }
    return order.at(place < shortPlace ? place : place - 1) * sizes.chunk();
  }

  /** The samples of the chunk at a place. */
  int size(long place) {
    return place == shortPlace ? sizes.rest() : sizes.chunk();
  }

  /** How many samples of the pass come before a window; of the one after the last, n. */
  long before(long window) {
    long places = Math.min(sizes.chunks(), window * sizes.window());
    return places * sizes.chunk() - (shortPlace < places ? sizes.chunk() - sizes.rest() : 0);
  }

  /** The window that a sample of the pass is in. */
  long windowOf(long position) {
    long window = position / ((long) sizes.window() * sizes.chunk());
    return position >= before(window + 1) ? window + 1 : window;
  }

  /** The order in which the samples of a window come, as they were read. */
  int[] shuffled(long window) {
    return ChunkOrder.shuffled(
        Math.toIntExact(before(window + 1) - before(window)), random(window));
  }
}
