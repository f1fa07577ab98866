package dev.patchgrad.spark;

import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import java.io.Serial;
import java.io.Serializable;

/**
 * What is known of a shard from the first look at it.
 *
 * @param shard the shard
 * @param n its samples
 * @param k patches of a sample
 * @param p dimension of a patch
 * @param precision of the patches
 * @param squares the sum of its labels' squares
 * @param areLabelsZero whether every label is 0: squares may have vanished
 */
record ShardFacts(
    Shard shard, int n, int k, int p, Precision precision, double squares, boolean areLabelsZero)
    implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** Reads a shard for the first time. */
  static ShardFacts of(Shard shard) {
    return of(shard, shard.read());
  }

  private static ShardFacts of(Shard shard, PatchBatch batch) {
    double squares = 0;
    boolean areZero = true;
    for (int i = 0; i < batch.n(); i++) {
      squares += batch.label(i) * batch.label(i);
      areZero &= batch.label(i) == 0;
    }
    return new ShardFacts(
        shard, batch.n(), batch.k(), batch.p(), batch.precision(), squares, areZero);
  }

  /**
   * Reads the shard again: for a cache, or after a machine was lost.
   *
   * @return a row-major batch
   * @throws ShardException if it is another than it was
   */
  PatchBatch read() {
    PatchBatch batch = shard.read();
    ShardFacts now = of(shard, batch);
    if (!now.equals(this)) {
      throw new ShardException(
          shard, now.inWords(), inWords() + ", as when it was opened: it was changed meanwhile");
    }
    return batch;
  }

  /**
   * Refuses a shard that is not like the first one.
   *
   * @throws ShardException naming the shard, and what differs
   */
  void requireLike(ShardFacts first) {
    if (k != first.k || p != first.p || precision != first.precision) {
      throw new ShardException(
          shard,
          shape(),
          first.shape() + " as in shard " + first.shard.number() + ", " + first.shard.path());
    }
  }

  private String shape() {
    return precision.label() + ", k = " + k + ", p = " + p;
  }

  private String inWords() {
    return shape() + ", n = " + n + ", labels whose squares sum to " + squares;
  }
}
