package dev.patchgrad.data;

import dev.patchgrad.network.Precision;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An open .npy file: its header first, then its elements, through one channel, so that a file that
 * is replaced meanwhile is read as it was when it was opened.
 */
final class NpyFile implements AutoCloseable {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Far more than NumPy writes for an array without fields: the header is no place for data. */
  private static final long LONGEST_HEADER = 1 << 16;

  /** Elements that are put in order at a time. */
  private static final int REORDERED = 1 << 16;

  private final Path file;
  private final SeekableByteChannel channel;
  private final String description;
  private final NpyType type;
  private final boolean fortranOrder;
  private final List<Long> shape;
  private final long offset;

  private NpyFile(
      Path file,
      SeekableByteChannel channel,
      String description,
      NpyType type,
      boolean fortranOrder,
      List<Long> shape,
      long offset) {
    this.file = file;
    this.channel = channel;
    this.description = description;
    this.type = type;
    this.fortranOrder = fortranOrder;
    this.shape = shape;
    this.offset = offset;
  }

  /**
   * Opens a file, reads its header and holds the file's size against it.
   *
   * @throws IOException if it cannot be read; the message names the file
   * @throws IllegalArgumentException if it is no array of numbers, or too short or too long for its
   *     shape; the message names the file, what was found and what was expected
   */
  static NpyFile open(Path file) throws IOException {
    // A pipe would be waited for, and a folder says so only when it is read, without its name.
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      String kind = Files.isDirectory(file) ? "a folder" : "no regular file";
      throw new FileSystemException(file.toString(), null, kind + "; expected an .npy file");
    }
    SeekableByteChannel channel = Files.newByteChannel(file);
    try {
      return opened(file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static NpyFile opened(Path file, SeekableByteChannel channel) throws IOException {
    byte[] start = new byte[8];
    head(file, channel, start.length).get(start);
    if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw refuse(file, OtherFormat.of(start), "an .npy file");
    }
    int version = start[MAGIC.length];
    if (version < 1 || version > 3) {
      throw refuse(file, "version " + version, "version 1, 2 or 3 of the format");
    }
    int lengthBytes = version == 1 ? 2 : 4;
    ByteBuffer size = head(file, channel, lengthBytes);
    long length =
        version == 1
            ? Short.toUnsignedLong(size.getShort())
            : Integer.toUnsignedLong(size.getInt());
    if (length > LONGEST_HEADER) {
      throw refuse(file, "a header of " + length + " bytes", "at most " + LONGEST_HEADER);
    }
    String text =
        (version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1)
            .decode(head(file, channel, (int) length))
            .toString();
    NpyEntries entries = NpyEntries.of(file, text);
    NpyFile array =
        new NpyFile(
            file,
            channel,
            entries.description(),
            entries.type(),
            entries.fortranOrder(),
            entries.shape(),
            8 + lengthBytes + length);
    array.requireSize(channel.size());
    return array;
  }

  private static ByteBuffer head(Path file, SeekableByteChannel channel, int count)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw refuse(
            file, "it ends within the header, after " + channel.size() + " bytes", "an .npy file");
      }
    }
    return buffer.flip();
  }

  private void requireSize(long actual) {
    long expected;
    try {
      expected = Math.addExact(offset, Math.multiplyExact(elements(), (long) type.bytes()));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          file + ": shape " + shape + " found; expected fewer than 2^63 bytes", e);
    }
    if (actual != expected) {
      throw refuse(
          file,
          actual + " bytes, which is too " + (actual < expected ? "short" : "long"),
          expected + " bytes for shape " + shape + " of " + type.label());
    }
  }

  private long elements() {
    long product = 1;
    for (long length : shape) {
      product = Math.multiplyExact(product, length);
    }
    return product;
  }

  /**
   * The precision that patches of this file get.
   *
   * @throws IllegalArgumentException if the elements are no floating-point numbers
   */
  Precision precision() {
    if (!type.isFloatingPoint()) {
      throw refuse(
          file,
          "dtype '" + description + "'",
          "patches of float16, float32 or float64, as array.astype('float32') gives them");
    }
    return type == NpyType.FLOAT64 ? Precision.DOUBLE : Precision.FLOAT;
  }

  /** The array's lengths. */
  List<Long> shape() {
    return shape;
  }

  /**
   * Refuses an array of another number of axes.
   *
   * @param axes that it must have
   * @param expected their names, as NumPy writes a shape
   */
  void requireAxes(int axes, String expected) {
    if (shape.size() != axes) {
      throw refuse(file, "shape " + shape, "shape " + expected);
    }
  }

  /**
   * All elements, the last index varying fastest.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it ends before its last element
   */
  double[] doubles() throws IOException {
    double[] values = new double[(int) elements()];
    NpyElements elements = inPlace();
    if (!isTransposed()) {
      whole(() -> elements.read(0, values.length, values, 0));
      return values;
    }
    double[] some = new double[Math.min(values.length, REORDERED)];
    FortranOrder order = new FortranOrder(shape);
    for (int from = 0; from < values.length; from += some.length) {
      int first = from;
      int count = Math.min(some.length, values.length - from);
      whole(() -> elements.read(first, count, some, 0));
      for (int e = 0; e < count; e++) {
        values[order.target(from + e)] = some[e];
      }
    }
    return values;
  }

  /**
   * All elements, rounded to float, the last index varying fastest.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it ends before its last element
   */
  float[] floats() throws IOException {
    float[] values = new float[(int) elements()];
    NpyElements elements = inPlace();
    if (!isTransposed()) {
      whole(() -> elements.read(0, values.length, values, 0));
      return values;
    }
    float[] some = new float[Math.min(values.length, REORDERED)];
    FortranOrder order = new FortranOrder(shape);
    for (int from = 0; from < values.length; from += some.length) {
      int first = from;
      int count = Math.min(some.length, values.length - from);
      whole(() -> elements.read(first, count, some, 0));
      for (int e = 0; e < count; e++) {
        values[order.target(from + e)] = some[e];
      }
    }
    return values;
  }

  /** Reads elements. */
  private interface Reading {
    void read() throws IOException;
  }

  /** A file that was cut is no file of this shape. */
  private static void whole(Reading reading) throws IOException {
    try {
      reading.read();
    } catch (FileSystemException cut) {
      throw new IllegalArgumentException(cut.getMessage(), cut);
    }
  }

  /** The elements by their place in the file, to be read as long as the file is open. */
  NpyElements inPlace() {
    return inPlace(Optional.empty());
  }

  /**
   * The same, from memory that the file is mapped to, where that can be done.
   *
   * @param arena that unmaps it
   */
  NpyElements mapped(Arena arena) throws IOException {
    if (!(channel instanceof FileChannel known)) {
      return inPlace();
    }
    try {
      return inPlace(
          Optional.of(known.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena)));
    } catch (UnsupportedOperationException | IOException e) {
      // Another system's channel, or no room in the address space: then it is read.
      return inPlace();
    }
  }

  private NpyElements inPlace(Optional<MemorySegment> mapped) {
    return new NpyElements(
        file, channel, type, NpyType.order(description), offset, elements(), mapped);
  }

  /** Whether nobody closed it, nor was interrupted while reading. */
  boolean isOpen() {
    return channel.isOpen();
  }

  /**
   * Refuses elements whose first index varies fastest, where they cannot be put in order.
   *
   * @throws IllegalArgumentException with what puts them in order
   */
  void requireRowsInOrder() {
    if (isTransposed()) {
      throw refuse(
          file,
          "Fortran order",
          "C order, as numpy.save('NEW.npy', numpy.ascontiguousarray(numpy.load('"
              + file.getFileName()
              + "', mmap_mode='r'))) writes it");
    }
  }

  private boolean isTransposed() {
    return fortranOrder && FortranOrder.isOwn(shape);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  static IllegalArgumentException refuse(Path file, String found, String expected) {
    return new IllegalArgumentException(file + ": " + found + " found; expected " + expected);
  }
}
