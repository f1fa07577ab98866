package dev.patchgrad.spark;

import dev.patchgrad.data.NpyWriter;
import dev.patchgrad.descent.SummedSamples;
import dev.patchgrad.kernel.BlockSums;
import dev.patchgrad.kernel.GradientSums;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A data set of some shards, each of another size, and what one JVM makes of the same files. */
final class Shards {
  static final Teacher TEACHER =
      Teacher.of(new double[] {1, -.5, .5, 0, 2}, new double[] {1, .5, .25});
  static final Student START =
      Student.weightNormalised(new double[] {1, 1, 0, 0, .5}, new double[] {.2, .2, .1});

  private Shards() {}

  /** Writes shards of 300, 317, 334 ... samples, labelled by the teacher. */
  static List<Path> write(Path folder, int count, Precision precision) throws IOException {
    List<Path> shards = new ArrayList<>();
    for (int shard = 0; shard < count; shard++) {
      Path file = folder.resolve("shard-%03d.npy".formatted(shard));
      write(batch(shard, precision), file);
      shards.add(file);
    }
    return shards;
  }

  /** Writes one shard, over what is there. */
  static void write(PatchBatch batch, Path file) throws IOException {
    try (NpyWriter writer = NpyWriter.create(file, batch.n())) {
      writer.add(batch);
    }
  }

  static PatchBatch batch(int shard, Precision precision) {
    return GaussianData.of(TEACHER).n(300 + 17 * shard).seed(shard).batch(precision);
  }

  /** The same blocks, summed in this JVM by the same choice of a kernel. */
  record InOneJvm(List<ShardPart> parts, KernelPool kernels) implements SummedSamples {
    static InOneJvm of(List<Path> files, int students, long blockBytes) {
      List<ShardPart> parts = new ArrayList<>();
      for (int shard = 0; shard < files.size(); shard++) {
        parts.addAll(ShardPart.of(new Shard(shard, files.get(shard).toString()), blockBytes));
      }
      ShardPart largest =
          parts.stream().max(Comparator.comparingInt(ShardPart::samples)).orElseThrow();
      return new InOneJvm(parts, new KernelPool(largest, students));
    }

    static InOneJvm of(List<Path> files, int students) {
      return of(files, students, ShardPart.BLOCK_BYTES);
    }

    @Override
    public int k() {
      return parts.getFirst().k();
    }

    @Override
    public int p() {
      return parts.getFirst().p();
    }

    @Override
    public Precision precision() {
      return parts.getFirst().precision();
    }

    @Override
    public double lossAtZero() {
      double squares = 0;
      long n = 0;
      for (ShardPart each : parts) {
        squares += each.squares();
        n += each.samples();
      }
      return squares / (2.0 * n);
    }

    @Override
    public List<GradientSums> sums(List<Student> students, double labelFactor) {
      BlockSums sums = BlockSums.none(parts.size());
      // Backwards: the order does not count.
      for (int block = parts.size() - 1; block >= 0; block--) {
        ShardPart part = parts.get(block);
        List<GradientSums> ofBlock =
            kernels.with(
                kernel ->
                    kernel.sums(part.read(kernel.layout()).withLabelsTimes(labelFactor), students));
        sums = sums.plus(BlockSums.of(block, parts.size(), ofBlock));
      }
      return sums.total();
    }
  }

  /** Every bit of some gradients. */
  static List<Long> bits(List<Gradient> gradients) {
    List<Long> bits = new ArrayList<>();
    for (Gradient gradient : gradients) {
      bits.add(Double.doubleToRawLongBits(gradient.loss()));
      Arrays.stream(gradient.dv()).mapToLong(Double::doubleToRawLongBits).forEach(bits::add);
      Arrays.stream(gradient.da()).mapToLong(Double::doubleToRawLongBits).forEach(bits::add);
    }
    return bits;
  }
}
