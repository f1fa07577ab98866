package dev.patchgrad.data;

import dev.patchgrad.network.Checks;
import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A batch of patches from two files of NumPy's: patches (n, k, p), labels (n). */
public final class NpyBatch {
  private static final ValueLayout.OfFloat FLOATS =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLES =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private NpyBatch() {}

  /**
   * Where the labels of a file of patches are by convention: {@code x.labels.npy} beside {@code
   * x.npy}.
   *
   * @param patches the file of patches
   * @return the file of labels, whether it is there or not
   */
  public static Path labelsOf(Path patches) {
    Path name = patches.getFileName();
    String stem = (name == null ? "" : name.toString()).replaceFirst("\\.npy$", "");
    return patches.resolveSibling(stem + ".labels.npy");
  }

  /**
   * Reads a batch, whole or not at all; the files are mapped into memory and copied once.
   *
   * @param patches file of shape (n, k, p), float32 or float64, little-endian, C order
   * @param labels file of shape (n), of the same type
   * @return a row-major batch of the files' precision
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if a file is no such array, the two do not fit each other, a
   *     length is 0 or too long for a Java array, or an element is not finite; the message names
   *     the file, what was found (of an element, its index) and what was expected
   */
  public static PatchBatch read(Path patches, Path labels) throws IOException {
    NpyHeader header = header(patches, 3, "(n, k, p)");
    NpyHeader labelHeader = header(labels, 1, "(n,)");
    if (labelHeader.precision() != header.precision()) {
      throw NpyHeader.refuse(
          labels,
          labelHeader.precision().label(),
          header.precision().label() + ", as in " + patches);
    }
    long n = header.shape().get(0);
    if (!labelHeader.shape().get(0).equals(n)) {
      throw NpyHeader.refuse(
          labels, labelHeader.shape().get(0) + " labels", n + ", one a sample of " + patches);
    }
    int k = length(patches, "k", header.shape().get(1));
    int p = length(patches, "p", header.shape().get(2));
    try {
      Checks.requireArrayLength(length(patches, "n", n), k, p, Layout.ROW_MAJOR);
      return header.precision() == Precision.FLOAT
          ? FloatBatch.wrap(floats(patches, header), floats(labels, labelHeader), k, p)
          : DoubleBatch.wrap(doubles(patches, header), doubles(labels, labelHeader), k, p);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw new IllegalArgumentException(
          (message.startsWith("labels") ? labels : patches) + ": " + message, e);
    }
  }

  private static NpyHeader header(Path file, int dimensions, String shape) throws IOException {
    NpyHeader header = NpyHeader.read(file);
    if (header.shape().size() != dimensions) {
      throw NpyHeader.refuse(file, "shape " + header.shape(), "shape " + shape);
    }
    return header;
  }

  private static int length(Path file, String name, long length) {
    if (length < 1 || length > Integer.MAX_VALUE) {
      throw NpyHeader.refuse(file, name + " = " + length, name + " from 1 to " + Integer.MAX_VALUE);
    }
    return (int) length;
  }

  private static float[] floats(Path file, NpyHeader header) throws IOException {
    float[] values = new float[(int) header.elements()];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        Arena arena = Arena.ofConfined()) {
      MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      MemorySegment.copy(mapped, FLOATS, header.offset(), values, 0, values.length);
    }
    return values;
  }

  private static double[] doubles(Path file, NpyHeader header) throws IOException {
    double[] values = new double[(int) header.elements()];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        Arena arena = Arena.ofConfined()) {
      MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      MemorySegment.copy(mapped, DOUBLES, header.offset(), values, 0, values.length);
    }
    return values;
  }
}
