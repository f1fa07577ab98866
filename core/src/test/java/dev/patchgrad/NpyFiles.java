package dev.patchgrad;

import dev.patchgrad.data.NpyBatch;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes .npy files as NumPy documents the format. */
public final class NpyFiles {
  private NpyFiles() {}

  /**
   * What stands before the elements.
   *
   * @param version of the format, 1 to 3
   * @param type such as {@code <f8}
   * @param shape such as {@code (2, 3)}
   */
  public static byte[] head(int version, String type, boolean fortranOrder, String shape) {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
            .formatted(type, fortranOrder ? "True" : "False", shape);
    int lengthBytes = version == 1 ? 2 : 4;
    int unpadded = 8 + lengthBytes + header.length() + 1;
    byte[] text =
        (header + " ".repeat((64 - unpadded % 64) % 64) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer head =
        ByteBuffer.allocate(8 + lengthBytes + text.length).order(ByteOrder.LITTLE_ENDIAN);
    head.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    if (version == 1) {
      head.putShort((short) text.length);
    } else {
      head.putInt(text.length);
    }
    return head.put(text).array();
  }

  /** Writes a batch's patches, rounded to the type, and its labels as doubles beside them. */
  public static Path write(Path patches, PatchBatch batch, int version, String type)
      throws IOException {
    ByteOrder order =
        switch (type.charAt(0)) {
          case '<' -> ByteOrder.LITTLE_ENDIAN;
          case '>' -> ByteOrder.BIG_ENDIAN;
          default -> ByteOrder.nativeOrder();
        };
    int n = batch.n();
    ByteBuffer elements = ByteBuffer.allocate(n * batch.k() * batch.p() * bytes(type)).order(order);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < batch.k(); j++) {
        for (int c = 0; c < batch.p(); c++) {
          put(elements, type, batch.patch(i, j, c));
        }
      }
    }
    ByteBuffer labels = ByteBuffer.allocate(n * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < n; i++) {
      labels.putDouble(batch.label(i));
    }
    String shape = "(%d, %d, %d)".formatted(n, batch.k(), batch.p());
    write(patches, head(version, type, false, shape), elements.array());
    write(NpyBatch.labelsOf(patches), head(1, "<f8", false, "(" + n + ",)"), labels.array());
    return patches;
  }

  /** Writes a batch in its own precision. */
  public static Path write(Path patches, PatchBatch batch) throws IOException {
    return write(patches, batch, 1, batch.precision() == Precision.FLOAT ? "<f4" : "<f8");
  }

  /** Writes a head and what follows it. */
  public static Path write(Path file, byte[] head, byte[] elements) throws IOException {
    byte[] all = java.util.Arrays.copyOf(head, head.length + elements.length);
    System.arraycopy(elements, 0, all, head.length, elements.length);
    return Files.write(file, all);
  }

  /** Makes a file whose elements are all 0, but for those at its end; they take no disk. */
  public static Path writeSparse(Path file, byte[] head, long elementBytes, byte[] last)
      throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(head);
      sparse.setLength(head.length + elementBytes);
      sparse.seek(head.length + elementBytes - last.length);
      sparse.write(last);
    }
    return file;
  }

  /** Bytes of an element. */
  public static int bytes(String type) {
    return switch (type.substring(1)) {
      case "f2", "e" -> 2;
      case "f4" -> 4;
      default -> 8;
    };
  }

  private static void put(ByteBuffer elements, String type, double value) {
    switch (bytes(type)) {
      case 2 -> elements.putShort(Float.floatToFloat16((float) value));
      case 4 -> elements.putFloat((float) value);
      default -> elements.putDouble(value);
    }
  }
}
