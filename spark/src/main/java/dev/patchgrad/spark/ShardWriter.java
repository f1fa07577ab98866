package dev.patchgrad.spark;

import dev.patchgrad.data.NpyBatch;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a batch as a shard: two .npy files, in version 1 of the format. */
final class ShardWriter {
  /** NumPy pads a header with blanks to a multiple of this. */
  private static final int ALIGNMENT = 64;

  private ShardWriter() {}

  /**
   * Writes a batch, over what is there.
   *
   * @param batch of any layout
   * @param patches the file of patches; the labels go beside it
   * @throws IOException if a file cannot be written
   */
  static void write(PatchBatch batch, Path patches) throws IOException {
    int n = batch.n();
    int k = batch.k();
    int p = batch.p();
    Numbers numbers =
        index -> {
          int patch = (int) (index / p);
          return batch.patch(patch / k, patch % k, (int) (index % p));
        };
    String shape = "(" + n + ", " + k + ", " + p + ")";
    write(patches, batch.precision(), shape, (long) n * k * p, numbers);
    write(
        NpyBatch.labelsOf(patches),
        batch.precision(),
        "(" + n + ",)",
        n,
        index -> batch.label((int) index));
  }

  /** The elements of an array, in the order in which they are written. */
  private interface Numbers {
    double at(long index);
  }

  private static void write(
      Path file, Precision precision, String shape, long count, Numbers numbers)
      throws IOException {
    ByteBuffer element = ByteBuffer.allocate(precision.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      out.write(header(precision, shape));
      for (long index = 0; index < count; index++) {
        if (precision == Precision.FLOAT) {
          element.putFloat(0, (float) numbers.at(index));
        } else {
          element.putDouble(0, numbers.at(index));
        }
        out.write(element.array());
      }
    }
  }

  private static byte[] header(Precision precision, String shape) {
    String text =
        "{'descr': '<f"
            + precision.bytes()
            + "', 'fortran_order': False, 'shape': "
            + shape
            + ", }";
    int start = 10;
    int length = Math.ceilDiv(start + text.length() + 1, ALIGNMENT) * ALIGNMENT - start;
    ByteBuffer header = ByteBuffer.allocate(start + length).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    header.put((byte) 1).put((byte) 0).putShort((short) length);
    header.put(text.getBytes(StandardCharsets.US_ASCII));
    while (header.remaining() > 1) {
      header.put((byte) ' ');
    }
    return header.put((byte) '\n').array();
  }
}
