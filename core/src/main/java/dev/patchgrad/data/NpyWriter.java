package dev.patchgrad.data;

import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes samples into two files of NumPy's as they come, batch by batch: patches (n, k, p), and
 * labels (n) beside them, {@link NpyBatch#labelsOf}. So a file may be larger than memory.
 *
 * <p>The first batch decides k, p and the precision. Files of these names are overwritten. What is
 * closed before all samples came is refused by every reader, as it is too short.
 */
public final class NpyWriter implements AutoCloseable {
  /** Elements that are written at a time. */
  private static final int CHUNK = 1 << 14;

  private static final int ALIGNMENT = 64;

  private final Path file;
  private final long n;
  private final SeekableByteChannel patches;
  private final SeekableByteChannel labels;
  private final ByteBuffer chunk =
      ByteBuffer.allocateDirect(CHUNK * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /** Of the first batch; none before it came. */
  private @Nullable Precision precision;

  private int k;
  private int p;
  private long written;

  private NpyWriter(Path file, long n, SeekableByteChannel patches, SeekableByteChannel labels) {
    this.file = file;
    this.n = n;
    this.patches = patches;
    this.labels = labels;
  }

  /**
   * Makes the two files.
   *
   * @param patches the file of patches
   * @param n samples that will come, at least 1
   * @return the writer, to be closed
   * @throws IOException if a file cannot be made; the message names it
   * @throws IllegalArgumentException if n is below 1
   */
  public static NpyWriter create(Path patches, long n) throws IOException {
    if (n < 1) {
      throw new IllegalArgumentException("n: " + n + " given; expected at least 1");
    }
    SeekableByteChannel patchChannel = created(patches);
    try {
      return new NpyWriter(patches, n, patchChannel, created(NpyBatch.labelsOf(patches)));
    } catch (IOException | RuntimeException e) {
      patchChannel.close();
      throw e;
    }
  }

  private static SeekableByteChannel created(Path file) throws IOException {
    return Files.newByteChannel(
        file,
        Set.of(
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING));
  }

  /**
   * Writes the samples of a batch behind those that came before.
   *
   * @param batch of the first one's k, p and precision, in any layout
   * @throws IOException if a file cannot be written
   * @throws IllegalArgumentException if k, p or the precision is another one, or more than n
   *     samples came; nothing of the batch is written then
   */
  public void add(PatchBatch batch) throws IOException {
    Precision known = precision;
    if (known != null && (batch.k() != k || batch.p() != p || batch.precision() != known)) {
      throw new IllegalArgumentException(
          "batch: "
              + batch
              + " given; expected k, p and precision of the first: "
              + k
              + ", "
              + p
              + ", "
              + known.label());
    }
    if (batch.n() > n - written) {
      throw new IllegalArgumentException(
          "batch: " + batch + " given; expected at most " + (n - written) + " samples more");
    }
    PatchBatch rows = batch.toLayout(Layout.ROW_MAJOR);
    if (known == null) {
      String type = batch.precision().bytes() == Float.BYTES ? "<f4" : "<f8";
      write(patches, header(type, "(" + n + ", " + batch.k() + ", " + batch.p() + ")"));
      write(labels, header(type, "(" + n + ",)"));
      precision = batch.precision();
      k = batch.k();
      p = batch.p();
    }
    int elements = rows.n() * rows.k() * rows.p();
    switch (rows) {
      case DoubleBatch doubles -> {
        write(patches, doubles.patches(), doubles.offset(), elements);
        write(labels, doubles.labels(), 0, rows.n());
      }
      case FloatBatch floats -> {
        write(patches, floats.patches(), floats.offset(), elements);
        write(labels, floats.labels(), 0, rows.n());
      }
    }
    written += batch.n();
  }

  /** NumPy's format, version 1: the elements begin at a multiple of 64 bytes. */
  private static ByteBuffer header(String type, String shape) {
    String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    int bytes = Math.ceilDiv(10 + text.length() + 1, ALIGNMENT) * ALIGNMENT;
    String padded = text + " ".repeat(bytes - 10 - text.length() - 1) + "\n";
    return ByteBuffer.allocate(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) padded.length())
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .flip();
  }

  private void write(SeekableByteChannel to, double[] values, int from, int count)
      throws IOException {
    for (int done = 0; done < count; ) {
      int some = Math.min(CHUNK, count - done);
      chunk.clear().limit(some * Double.BYTES);
      chunk.asDoubleBuffer().put(values, from + done, some);
      write(to, chunk);
      done += some;
    }
  }

  private void write(SeekableByteChannel to, float[] values, int from, int count)
      throws IOException {
    for (int done = 0; done < count; ) {
      int some = Math.min(CHUNK, count - done);
      chunk.clear().limit(some * Float.BYTES);
      chunk.asFloatBuffer().put(values, from + done, some);
      write(to, chunk);
      done += some;
    }
  }

  private static void write(SeekableByteChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  /**
   * Closes both files.
   *
   * @throws IOException if a file cannot be closed
   * @throws IllegalStateException if fewer than n samples came; both are closed, and too short
   */
  @Override
  public void close() throws IOException {
    boolean wasOpen = patches.isOpen();
    try (patches) {
      labels.close();
    }
    if (wasOpen && written < n) {
      throw new IllegalStateException(
          file + ": closed after " + written + " samples; expected " + n);
    }
  }

  @Override
  public String toString() {
    return "NpyWriter[" + file + ", " + written + " of " + n + " samples]";
  }
}
