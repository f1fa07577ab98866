package dev.patchgrad.spark;

import java.io.Serial;
import java.io.Serializable;

/**
 * A file of patches with its file of labels beside it, which every machine of the cluster sees at
 * the same path.
 *
 * @param number among the shards, 0 for the first
 * @param path of the file of patches
 */
record Shard(int number, String path) implements Serializable {
  @Serial private static final long serialVersionUID = 1;
}
