package dev.patchgrad.spark;

import dev.patchgrad.descent.Objective;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The loss of all samples of a data set in shards, by the machines of a Spark cluster: an {@link
 * Objective}, so that a descent or a search by restarts goes on it as on a batch.
 *
 * <p>A shard is a file of patches, {@code x.npy} of shape (n, k, p), with its labels beside it in
 * {@code x.labels.npy}, of any size; every machine sees it at the same path. Tasks read it in
 * blocks of 32 MiB. Each machine takes the kernel that its own vectors are fastest with, of those
 * that give equal bits from the first call on.
 *
 * <p>The result depends on the shards and their order alone: to the bit, where the machines choose
 * the same kernel with vectors of one width, and within rounding otherwise. How many machines there
 * are, in which order they finish, and whether one is lost and its tasks run again changes nothing.
 *
 * <p>Threads may share it. It holds memory of the cluster until {@link #close}.
 */
public final class SparkObjective implements Objective, AutoCloseable {
  private final ShardedSamples samples;
  private final Objective objective;

  private SparkObjective(ShardedSamples samples) {
    this.samples = samples;
    this.objective = Objective.summed(samples);
  }

  /**
   * The data set of all files {@code *.npy} of a folder that are not labels, in the order of their
   * names.
   *
   * @param spark the cluster
   * @param folder at the same path on every machine
   * @return the objective; its teacher is not known
   * @throws IOException if the folder cannot be listed
   * @throws IllegalArgumentException if there is no such file, or as {@link #ofShards} throws it
   */
  public static SparkObjective ofFolder(JavaSparkContext spark, Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    List<Path> shards;
    try (Stream<Path> files = Files.list(folder)) {
      shards = files.filter(SparkObjective::isPatches).sorted().toList();
    }
    if (shards.isEmpty()) {
      throw new IllegalArgumentException(
          folder + ": no .npy file of patches found; expected at least one, with its labels");
    }
    return ofShards(spark, shards);
  }

  /** Whether a file is one of patches, by its name. */
  static boolean isPatches(Path file) {
    String name = file.toString();
    return name.endsWith(".npy") && !name.endsWith(".labels.npy");
  }

  /**
   * The data set of some files. The headers and labels are read at once, to see that all fit; the
   * first evaluation reads the patches, and keeps them in the cluster's memory as far as that goes.
   * It throws IllegalArgumentException with the name of a shard that cannot be read any more, has
   * an element that is not finite, or was changed.
   *
   * @param spark the cluster, with Java's serialiser, which is Spark's default
   * @param shards files of patches, at least one, in the order that the result depends on; no file
   *     twice
   * @return the objective; its teacher is not known
   * @throws IllegalArgumentException if there is no shard, one is there twice, cannot be read, is
   *     no batch, or differs in k, p or precision from the first; if labels are so large or small
   *     that losses leave a double's range; or if Spark has another serialiser. The message names
   *     the shard
   * @throws IllegalStateException if the cluster fails otherwise
   */
  public static SparkObjective ofShards(JavaSparkContext spark, List<Path> shards) {
    return ofShards(spark, shards, ShardPart.BLOCK_BYTES);
  }

  /** The same, in blocks of another size. */
  static SparkObjective ofShards(JavaSparkContext spark, List<Path> shards, long blockBytes) {
    if (shards.isEmpty()) {
      throw new IllegalArgumentException("shards: none given; expected at least one");
    }
    requireJavaSerializer(spark);
    List<Shard> numbered = new ArrayList<>();
    for (Path shard : shards) {
      String path = shard.toAbsolutePath().normalize().toString();
      numbered.stream()
          .filter(other -> other.path().equals(path))
          .findFirst()
          .ifPresent(
              other -> {
                throw new IllegalArgumentException(
                    "shards["
                        + numbered.size()
                        + "]: "
                        + path
                        + " given, which is shards["
                        + other.number()
                        + "] already; expected each once");
              });
      numbered.add(new Shard(numbered.size(), path));
    }
    return new SparkObjective(ShardedSamples.open(spark, numbered, blockBytes));
  }

  private static void requireJavaSerializer(JavaSparkContext spark) {
    String serializer = spark.getConf().get("spark.serializer", "JavaSerializer");
    if (!serializer.endsWith("JavaSerializer")) {
      throw new IllegalArgumentException(
          "spark.serializer: "
              + serializer
              + " given; expected Spark's default, Java's, by which sums are checked on arrival");
    }
  }

  /**
   * The number of samples of all shards.
   *
   * @return n
   */
  public long n() {
    return samples.n();
  }

  @Override
  public int k() {
    return objective.k();
  }

  @Override
  public int p() {
    return objective.p();
  }

  @Override
  public Optional<Teacher> teacher() {
    return Optional.empty();
  }

  @Override
  public double lossAtZero() {
    return objective.lossAtZero();
  }

  @Override
  public void evaluate(List<Student> students, List<Gradient> out) {
    objective.evaluate(students, out);
  }

  /** Frees the cluster's memory; the cluster itself stays. Closing twice does nothing. */
  @Override
  public void close() {
    samples.close();
  }

  @Override
  public String toString() {
    return samples.toString();
  }
}
