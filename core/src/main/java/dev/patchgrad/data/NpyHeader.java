package dev.patchgrad.data;

import dev.patchgrad.network.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an .npy file says of its array: NumPy's format, versions 1, 2 and 3 (NumPy's documentation,
 * numpy.lib.format).
 *
 * @param precision of the elements, little-endian
 * @param shape in C order, the last index varying fastest
 * @param offset of the first element, bytes
 */
public record NpyHeader(Precision precision, List<Long> shape, long offset) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy itself refuses longer ones unless told to: the header is no place for data. */
  private static final long LONGEST = 1 << 16;

  private static final Pattern DESCRIPTION = Pattern.compile("'descr':\\s*('([^']*)'|[^,}]*)");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(\\w+)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([\\d,\\s]*)\\)");

  /** Copies the list. */
  public NpyHeader {
    shape = List.copyOf(shape);
  }

  /**
   * Reads a file's header, and holds its size against the file's.
   *
   * @param file to read
   * @return the header
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is no .npy file, its elements are no little-endian
   *     float32 or float64 in C order, or it is shorter or longer than its shape says; the message
   *     names the file, what was found and what was expected
   */
  public static NpyHeader read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer start = bytes(channel, file, 0, 8);
      byte[] magic = new byte[MAGIC.length];
      start.get(magic);
      if (!java.util.Arrays.equals(magic, MAGIC)) {
        throw refuse(file, "its first bytes are not those of NumPy's format", "an .npy file");
      }
      int version = start.get();
      if (version < 1 || version > 3) {
        throw refuse(file, "version " + version, "version 1, 2 or 3 of the format");
      }
      int lengthBytes = version == 1 ? 2 : 4;
      ByteBuffer size = bytes(channel, file, 8, lengthBytes);
      long length =
          version == 1
              ? Short.toUnsignedLong(size.getShort())
              : Integer.toUnsignedLong(size.getInt());
      if (length > LONGEST) {
        throw refuse(file, "a header of " + length + " bytes", "at most " + LONGEST);
      }
      ByteBuffer header = bytes(channel, file, 8 + lengthBytes, (int) length);
      String text =
          (version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1)
              .decode(header)
              .toString();
      NpyHeader found =
          new NpyHeader(precision(file, text), shape(file, text), 8 + lengthBytes + length);
      found.requireSize(file, channel.size());
      return found;
    }
  }

  private static ByteBuffer bytes(FileChannel channel, Path file, long from, int count)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw refuse(
            file, "it ends within the header, after " + channel.size() + " bytes", "an .npy file");
      }
    }
    return buffer.flip();
  }

  private static String required(Path file, String header, Pattern pattern, String key) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw refuse(file, "header " + header.trim(), "the key '" + key + "'");
    }
    String whole = matcher.group(1);
    return matcher.groupCount() > 1 && matcher.group(2) != null ? matcher.group(2) : whole;
  }

  private static Precision precision(Path file, String header) {
    String type = required(file, header, DESCRIPTION, "descr");
    Precision precision =
        switch (type) {
          case "<f4" -> Precision.FLOAT;
          case "<f8" -> Precision.DOUBLE;
          case ">f4", ">f8" ->
              throw refuse(
                  file,
                  "dtype '" + type + "', big-endian",
                  "little-endian, as array.astype('<" + type.substring(1) + "') gives it");
          default ->
              throw refuse(
                  file,
                  "dtype '" + type + "'",
                  "float32 or float64, as array.astype('float32') gives it");
        };
    String order = required(file, header, ORDER, "fortran_order");
    if (!order.equals("False")) {
      throw refuse(file, "Fortran order", "C order, as numpy.ascontiguousarray(array) gives it");
    }
    return precision;
  }

  private static List<Long> shape(Path file, String header) {
    String text = required(file, header, SHAPE, "shape");
    List<Long> shape = new ArrayList<>();
    for (String length : text.split(",", -1)) {
      String trimmed = length.trim();
      if (trimmed.isEmpty()) {
        continue; // a tuple of one ends in a comma
      }
      if (!trimmed.matches("\\d{1,15}")) {
        throw refuse(file, "shape (" + text + ")", "lengths of at most 15 digits");
      }
      shape.add(Long.valueOf(trimmed));
    }
    return shape;
  }

  /** The number of elements. */
  long elements() {
    long product = 1;
    for (long length : shape) {
      product = Math.multiplyExact(product, length);
    }
    return product;
  }

  private void requireSize(Path file, long actual) {
    long expected;
    try {
      expected = Math.addExact(offset, Math.multiplyExact(elements(), (long) precision.bytes()));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          file + ": shape " + shape + " found; expected fewer than 2^63 bytes", e);
    }
    if (actual != expected) {
      throw refuse(
          file,
          actual + " bytes, which is too " + (actual < expected ? "short" : "long"),
          expected + " bytes for shape " + shape + " of " + precision.label());
    }
  }

  static IllegalArgumentException refuse(Path file, String found, String expected) {
    return new IllegalArgumentException(file + ": " + found + " found; expected " + expected);
  }
}
