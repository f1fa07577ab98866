package dev.patchgrad.spark;

import dev.patchgrad.data.NpyDataSet;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.SampleBlock;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Some samples of a shard, as many as make a block, and what is known of them from the first look.
 *
 * @param shard that holds them
 * @param n samples of the shard
 * @param k patches of a sample
 * @param p dimension of a patch
 * @param precision of the patches
 * @param from the first sample
 * @param to after the last sample
 * @param squares the sum of their labels' squares
 * @param areLabelsZero whether every label is 0: squares may have vanished
 */
record ShardPart(
    Shard shard,
    long n,
    int k,
    int p,
    Precision precision,
    long from,
    long to,
    double squares,
    boolean areLabelsZero)
    implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /**
   * Of a block's patches: large beside what a task costs, small beside a machine's memory. Part of
   * what the result depends on, in its last digits.
   */
  static final long BLOCK_BYTES = 32L << 20;

  /** Blocks but the last have whole groups of the widest layout's samples. */
  private static final int GROUP = 64;

  /**
   * Looks at a shard for the first time: at its header and labels.
   *
   * @param shard that the machine which calls sees
   * @param blockBytes of the patches of a part
   * @return its parts, in order
   * @throws ShardException if a file cannot be read or is no such array; the message names it
   */
  static List<ShardPart> of(Shard shard, long blockBytes) {
    try (NpyDataSet data = NpyDataSet.open(Path.of(shard.path()))) {
      long fitting = blockBytes / ((long) data.k() * data.p() * data.precision().bytes());
      int samples = Math.clamp(fitting < GROUP ? fitting : fitting / GROUP * GROUP, 1, 1 << 30);
      double[] labels = new double[(int) Math.min(samples, data.n())];
      List<ShardPart> parts = new ArrayList<>();
      for (long from = 0; from < data.n(); from += samples) {
        int count = (int) Math.min(samples, data.n() - from);
        data.readLabels(from, count, labels);
        double squares = 0;
        boolean areZero = true;
        for (int i = 0; i < count; i++) {
          squares += labels[i] * labels[i];
          areZero &= labels[i] == 0;
        }
        parts.add(
            new ShardPart(
                shard,
                data.n(),
                data.k(),
                data.p(),
                data.precision(),
                from,
                from + count,
                squares,
                areZero));
      }
      return parts;
    } catch (IOException | IllegalArgumentException e) {
      throw new ShardException(shard, e);
    }
  }

  /** The samples. */
  int samples() {
    return (int) (to - from);
  }

  /**
   * Reads the samples: for a cache, or after a machine was lost.
   *
   * @param layout of the batch
   * @return a batch with memory of its own
   * @throws ShardException if they cannot be read, an element is not finite, or they are others
   *     than they were
   */
  PatchBatch read(Layout layout) {
    try (NpyDataSet data = NpyDataSet.open(Path.of(shard.path()))) {
      String now = inWords(data.precision(), data.k(), data.p(), data.n());
      if (!now.equals(inWords(precision, k, p, n))) {
        throw changed(now, inWords(precision, k, p, n));
      }
      SampleBlock block = SampleBlock.of(precision, layout).k(k).p(p).capacity(samples());
      data.read(from, to, block);
      PatchBatch batch = block.batch();
      double found = 0;
      for (int i = 0; i < batch.n(); i++) {
        found += batch.label(i) * batch.label(i);
      }
      if (found != squares) {
        throw changed(labelsInWords(found), labelsInWords(squares));
      }
      return batch;
    } catch (IOException | IllegalArgumentException e) {
      throw new ShardException(shard, e);
    }
  }

  private String labelsInWords(double sum) {
    return "labels " + from + " to " + (to - 1) + " whose squares sum to " + sum;
  }

  private ShardException changed(String found, String expected) {
    return new ShardException(
        shard, found, expected + ", as when it was opened: it was changed meanwhile");
  }

  /**
   * Refuses a shard that is not like the first one.
   *
   * @throws ShardException naming the shard, and what differs
   */
  void requireLike(ShardPart first) {
    if (k != first.k || p != first.p || precision != first.precision) {
      throw new ShardException(
          shard,
          shape(precision, k, p),
          shape(first.precision, first.k, first.p)
              + " as in shard "
              + first.shard.number()
              + ", "
              + first.shard.path());
    }
  }

  private static String shape(Precision precision, int k, int p) {
    return precision.label() + ", k = " + k + ", p = " + p;
  }

  private static String inWords(Precision precision, int k, int p, long n) {
    return shape(precision, k, p) + ", n = " + n;
  }
}
