package dev.patchgrad.spark;

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
      ShardWriter.write(batch(shard, precision), file);
      shards.add(file);
    }
    return shards;
  }

  static PatchBatch batch(int shard, Precision precision) {
    return GaussianData.of(TEACHER).n(300 + 17 * shard).seed(shard).batch(precision);
  }

  /** The same blocks, summed in this JVM by the same choice of a kernel. */
  record InOneJvm(List<ShardFacts> facts, KernelPool kernels) implements SummedSamples {
    static InOneJvm of(List<Path> files, int students) {
      List<ShardFacts> facts = new ArrayList<>();
      for (Path file : files) {
        facts.add(ShardFacts.of(new Shard(facts.size(), file.toString())));
      }
      return new InOneJvm(facts, new KernelPool(facts.getLast(), students));
    }

    @Override
    public int k() {
      return facts.getFirst().k();
    }

    @Override
    public int p() {
      return facts.getFirst().p();
    }

    @Override
    public Precision precision() {
      return facts.getFirst().precision();
    }

    @Override
    public double lossAtZero() {
      double squares = 0;
      long n = 0;
      for (ShardFacts each : facts) {
        squares += each.squares();
        n += each.n();
      }
      return squares / (2.0 * n);
    }

    @Override
    public List<GradientSums> sums(List<Student> students, double labelFactor) {
      BlockSums sums = BlockSums.none(facts.size());
      // Backwards: the order does not count.
      for (ShardFacts each : facts.reversed()) {
        PatchBatch batch = each.read().withLabelsTimes(labelFactor);
        sums =
            sums.plus(
                kernels.with(
                    kernel ->
                        BlockSums.of(
                            each.shard().number(),
                            facts.size(),
                            kernel.sums(batch.toLayout(kernel.layout()), students))));
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
