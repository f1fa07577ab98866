package dev.patchgrad.data;

import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A batch of patches from two files of NumPy's: patches (n, k, p), labels (n). */
public final class NpyBatch {
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
   * Reads a batch from a file of patches and the file of labels beside it, {@link #labelsOf}.
   *
   * @param patches file of shape (n, k, p)
   * @return a row-major batch
   * @throws IOException as {@link #read(Path, Path)} does
   * @throws IllegalArgumentException as {@link #read(Path, Path)} does
   */
  public static PatchBatch read(Path patches) throws IOException {
    return read(patches, labelsOf(patches));
  }

  /**
   * Reads a batch, whole or not at all. Each file is opened once and may be of any file system of
   * Java's, such as an entry of a zip archive. Elements of either byte order and either order of
   * axes are taken, and copied.
   *
   * @param patches file of shape (n, k, p), of float64, which gives a batch of doubles, or of
   *     float32 or float16, which give one of floats
   * @param labels file of shape (n), of any floating-point or integer type or bool, converted to
   *     the patches' precision
   * @return a row-major batch
   * @throws IOException if a file cannot be read; the message names it
   * @throws IllegalArgumentException if a file is no such array, the two do not fit each other, a
   *     length is 0 or too long for a Java array, a file is cut while it is read, or an element is
   *     not finite; the message names the file, what was found (of an element, its index) and what
   *     was expected
   */
  public static PatchBatch read(Path patches, Path labels) throws IOException {
    try (NpyFile array = NpyFile.open(patches);
        NpyFile labelArray = NpyFile.open(labels)) {
      array.requireAxes(3, "(n, k, p)");
      Precision precision = array.precision();
      labelArray.requireAxes(1, "(n,)");
      long n = array.shape().get(0);
      long found = labelArray.shape().get(0);
      if (found != n) {
        throw NpyFile.refuse(labels, found + " labels", n + ", one a sample of " + patches);
      }
      int k = length(patches, "k", array.shape().get(1));
      int p = length(patches, "p", array.shape().get(2));
      try {
        Layout.ROW_MAJOR.arrayLength(length(patches, "n", n), k, p);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(patches + ": " + e.getMessage(), e);
      }
      return switch (precision) {
        case FLOAT -> {
          float[] elements = array.floats();
          float[] values = labelArray.floats();
          yield named(patches, labels, () -> FloatBatch.wrap(elements, values).k(k).p(p));
        }
        case DOUBLE -> {
          double[] elements = array.doubles();
          double[] values = labelArray.doubles();
          yield named(patches, labels, () -> DoubleBatch.wrap(elements, values).k(k).p(p));
        }
      };
    }
  }

  /** A batch, or a refusal that names the file of the element that is refused. */
  private static PatchBatch named(Path patches, Path labels, Supplier<PatchBatch> batch) {
    try {
      return batch.get();
    } catch (IllegalArgumentException e) {
      throw named(patches, labels, e);
    }
  }

  /** The refusal of an element, with the name of its file. */
  static IllegalArgumentException named(Path patches, Path labels, IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    Path file = message.startsWith("labels") ? labels : patches;
    return new IllegalArgumentException(file + ": " + message, e);
  }

  static int length(Path file, String name, long length) {
    if (length < 1 || length > Integer.MAX_VALUE) {
      throw NpyFile.refuse(file, name + " = " + length, name + " from 1 to " + Integer.MAX_VALUE);
    }
    return (int) length;
  }
}
