package dev.patchgrad.bench.problem;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Writes small files as numpy.save does, version 1 of NumPy's format. */
public final class NpyFiles {
  private NpyFiles() {}

  /**
   * An array of double elements.
   *
   * @param file to write
   * @param shape as in a tuple of Python's
   * @param values in C order
   * @return the file
   * @throws IOException if it cannot be written
   */
  public static Path doubles(Path file, String shape, double... values) throws IOException {
    ByteBuffer elements = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      elements.putDouble(value);
    }
    return write(file, "<f8", shape, elements.array());
  }

  /**
   * An array of float elements.
   *
   * @param file to write
   * @param shape as in a tuple of Python's
   * @param values in C order
   * @return the file
   * @throws IOException if it cannot be written
   */
  public static Path floats(Path file, String shape, float... values) throws IOException {
    ByteBuffer elements = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      elements.putFloat(value);
    }
    return write(file, "<f4", shape, elements.array());
  }

  /**
   * An array of any type.
   *
   * @param file to write
   * @param type as NumPy writes it
   * @param shape as in a tuple of Python's
   * @param elements bytes in C order
   * @return the file
   * @throws IOException if it cannot be written
   */
  public static Path write(Path file, String type, String shape, byte[] elements)
      throws IOException {
    String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    String padded = header + " ".repeat((64 - (10 + header.length() + 1) % 64) % 64) + "\n";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.write(padded.length() & 0xff);
    bytes.write(padded.length() >> 8);
    bytes.writeBytes(padded.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(elements);
    return Files.write(file, bytes.toByteArray());
  }

  /**
   * Gaussian patches in float, and labels beside them.
   *
   * @param file to write the patches to
   * @param n samples
   * @param k patches of a sample
   * @param p dimension of a patch
   * @return the file
   * @throws IOException if it cannot be written
   */
  public static Path gaussian(Path file, int n, int k, int p) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    float[] patches = new float[n * k * p];
    for (int i = 0; i < patches.length; i++) {
      patches[i] = (float) random.nextGaussian();
    }
    floats(dev.patchgrad.data.NpyBatch.labelsOf(file), n + ",", new float[n]);
    return floats(file, n + ", " + k + ", " + p, patches);
  }
}
