package dev.patchgrad.data;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The elements of an open .npy file by their place in it, as float or double. Threads may share it:
 * a file's channel reads at a place without moving there, and another file system's is locked.
 *
 * <p>They are copied from the mapped file, where it is mapped: from the page cache a copy brought
 * 13.4 GB/s where the system's calls for reading brought 7.4 (Zen 4, 2026-11-27; the notebook's
 * entry on data from a file). Else they are read into memory outside of the heap, and copied from
 * there while they are in the cache.
 */
final class NpyElements {
  /**
   * Bytes that are read at a time, a whole number of elements of every type: a quarter of the
   * smallest L2 of today's servers, so that the copy finds them in the cache.
   */
  private static final int CHUNK = 128 * 1024;

  private final Path file;
  private final SeekableByteChannel channel;
  private final NpyType type;
  private final ByteOrder order;
  private final long offset;
  private final long elements;
  private final Optional<MemorySegment> mapped;

  /** One for each thread that reads, used again. */
  private final Queue<ByteBuffer> chunks = new ConcurrentLinkedQueue<>();

  /**
   * The elements of a file.
   *
   * @param file for messages
   * @param channel to it, which stays the caller's to close
   * @param type of an element
   * @param order of an element's bytes
   * @param offset of the first one, in bytes
   * @param elements that there are
   * @param mapped the file, from its first byte on; or nothing
   */
  NpyElements(
      Path file,
      SeekableByteChannel channel,
      NpyType type,
      ByteOrder order,
      long offset,
      long elements,
      Optional<MemorySegment> mapped) {
    this.file = file;
    this.channel = channel;
    this.type = type;
    this.order = order;
    this.offset = offset;
    this.elements = elements;
    this.mapped = mapped;
  }

  /** Takes some elements. */
  private interface Taker {
    /**
     * Takes a chunk.
     *
     * @param chunk from its position on, in the file's byte order
     * @param done elements before it
     * @param count elements
     */
    void take(ByteBuffer chunk, int done, int count);
  }

  /**
   * Reads some elements.
   *
   * @param from the first one's place in the file
   * @param count at least 0
   * @param to written
   * @param at index of the first one there
   * @throws IOException if they cannot be read, or the file ends before the last of them
   */
  void read(long from, int count, double[] to, int at) throws IOException {
    if (type == NpyType.FLOAT64 && mapped.isPresent()) {
      MemorySegment whole = mapped.get();
      ValueLayout.OfDouble layout = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order);
      copy(() -> MemorySegment.copy(whole, layout, place(from), to, at, count));
    } else if (type == NpyType.FLOAT64) {
      read(from, count, (chunk, done, some) -> chunk.asDoubleBuffer().get(to, at + done, some));
    } else {
      read(
          from,
          count,
          (chunk, done, some) -> {
            for (int e = 0; e < some; e++) {
              to[at + done + e] = type.get(chunk, e * type.bytes());
            }
          });
    }
  }

  /**
   * Reads some elements, rounded to float.
   *
   * @param from the first one's place in the file
   * @param count at least 0
   * @param to written
   * @param at index of the first one there
   * @throws IOException if they cannot be read, or the file ends before the last of them
   */
  void read(long from, int count, float[] to, int at) throws IOException {
    if (type == NpyType.FLOAT32 && mapped.isPresent()) {
      MemorySegment whole = mapped.get();
      ValueLayout.OfFloat layout = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order);
      copy(() -> MemorySegment.copy(whole, layout, place(from), to, at, count));
      return;
    }
    switch (type) {
      case FLOAT32 ->
          read(from, count, (chunk, done, some) -> chunk.asFloatBuffer().get(to, at + done, some));
      case FLOAT16 ->
          read(
              from,
              count,
              (chunk, done, some) -> {
                for (int e = 0; e < some; e++) {
                  to[at + done + e] = Float.float16ToFloat(chunk.getShort(Short.BYTES * e));
                }
              });
      default ->
          read(
              from,
              count,
              (chunk, done, some) -> {
                for (int e = 0; e < some; e++) {
                  to[at + done + e] = (float) type.get(chunk, e * type.bytes());
                }
              });
    }
  }

  private void read(long from, int count, Taker taker) throws IOException {
    ByteBuffer chunk = chunks.poll();
    if (chunk == null) {
      chunk = ByteBuffer.allocateDirect(CHUNK).order(order);
    }
    try {
      for (int done = 0; done < count; ) {
        int some = Math.min(count - done, CHUNK / type.bytes());
        chunk.clear().limit(some * type.bytes());
        fill(chunk, place(from + done));
        taker.take(chunk.flip(), done, some);
        done += some;
      }
    } finally {
      chunks.add(chunk);
    }
  }

  /** Where an element begins in the file. */
  private long place(long element) {
    return offset + element * type.bytes();
  }

  /** Copies from the mapped file, which may be cut meanwhile, and unmapped. */
  private void copy(Runnable copying) throws IOException {
    try {
      copying.run();
    } catch (IllegalStateException unmapped) {
      ClosedChannelException closed = new ClosedChannelException();
      closed.initCause(unmapped);
      throw closed;
    } catch (InternalError e) {
      // So HotSpot tells of memory that has no file behind it any more, or whose disk failed.
      requireWhole();
      throw new IOException(file + ": it cannot be read", e);
    }
    // What is cut within a page reads as zeros.
    requireWhole();
  }

  private void requireWhole() throws IOException {
    if (channel.size() < place(elements)) {
      throw cut();
    }
  }

  private FileSystemException cut() throws IOException {
    return new FileSystemException(
        file.toString(),
        null,
        "it was cut to "
            + channel.size()
            + " bytes while it was read; expected "
            + place(elements)
            + " bytes");
  }

  /** Fills what is left of a chunk from a place of the file. */
  private void fill(ByteBuffer chunk, long place) throws IOException {
    if (mapped.isPresent()) {
      MemorySegment whole = mapped.get();
      copy(() -> MemorySegment.ofBuffer(chunk).copyFrom(whole.asSlice(place, chunk.remaining())));
      chunk.position(chunk.limit());
      return;
    }
    for (long at = place; chunk.hasRemaining(); ) {
      int bytes = channel instanceof FileChannel known ? known.read(chunk, at) : moved(chunk, at);
      if (bytes < 0) {
        throw cut();
      }
      at += bytes;
    }
  }

  private int moved(ByteBuffer chunk, long place) throws IOException {
    synchronized (chunks) {
      return channel.position(place).read(chunk);
    }
  }
}
