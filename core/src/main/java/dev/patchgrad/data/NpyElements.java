package dev.patchgrad.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The elements of an open .npy file by their place in it, as float or double. Threads may share it:
 * a file's channel reads at a place without moving there, and another file system's is locked.
 *
 * <p>Elements are read into memory outside of the heap, and copied from there while they are in the
 * cache.
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
   */
  NpyElements(
      Path file,
      SeekableByteChannel channel,
      NpyType type,
      ByteOrder order,
      long offset,
      long elements) {
    this.file = file;
    this.channel = channel;
    this.type = type;
    this.order = order;
    this.offset = offset;
    this.elements = elements;
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
    if (type == NpyType.FLOAT64) {
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
        fill(chunk, offset + (from + done) * type.bytes());
        taker.take(chunk.flip(), done, some);
        done += some;
      }
    } finally {
      chunks.add(chunk);
    }
  }

  /** Fills what is left of a chunk from a place of the file. */
  private void fill(ByteBuffer chunk, long place) throws IOException {
    for (long at = place; chunk.hasRemaining(); ) {
      int bytes = channel instanceof FileChannel known ? known.read(chunk, at) : moved(chunk, at);
      if (bytes < 0) {
        throw new FileSystemException(
            file.toString(),
            null,
            "it was cut to "
                + channel.size()
                + " bytes while it was read; expected "
                + (offset + elements * type.bytes())
                + " bytes");
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
