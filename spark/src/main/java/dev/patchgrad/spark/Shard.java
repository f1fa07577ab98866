package dev.patchgrad.spark;

import dev.patchgrad.data.NpyBatch;
import dev.patchgrad.network.PatchBatch;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * A file of patches with its file of labels, which every machine of the cluster sees at the same
 * path: one block of samples.
 *
 * @param number of the block, 0 for the first
 * @param path of the file of patches
 */
record Shard(int number, String path) implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /**
   * Reads it, on whatever machine calls.
   *
   * @return a row-major batch
   * @throws ShardException if a file cannot be read or is no such array; the message names it
   */
  PatchBatch read() {
    try {
      return NpyBatch.read(Path.of(path));
    } catch (IOException | IllegalArgumentException e) {
      throw new ShardException(this, e);
    }
  }
}
