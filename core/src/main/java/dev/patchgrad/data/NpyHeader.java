package dev.patchgrad.data;

import dev.patchgrad.network.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What an .npy file of patches says of its array: NumPy's format, versions 1, 2 and 3 (NumPy's
 * documentation, numpy.lib.format).
 *
 * @param precision that the patches get: float for float16 and float32, double for float64
 * @param shape as NumPy tells it, whatever the order of the elements in the file
 */
public record NpyHeader(Precision precision, List<Long> shape) {
  /** Copies the list. */
  public NpyHeader {
    shape = List.copyOf(shape);
  }

  /**
   * Reads the header of a file of patches, and holds its size against the file's.
   *
   * @param file to read, of any file system
   * @return the header
   * @throws IOException if it cannot be read; the message names the file
   * @throws IllegalArgumentException if it is no .npy file, its elements are no floating-point
   *     numbers, or it is shorter or longer than its shape says; the message names the file, what
   *     was found and what was expected
   */
  public static NpyHeader read(Path file) throws IOException {
    try (NpyFile array = NpyFile.open(file)) {
      return new NpyHeader(array.precision(), array.shape());
    }
  }
}
