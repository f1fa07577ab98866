package dev.patchgrad.spark;

import dev.patchgrad.data.NpyWriter;
import dev.patchgrad.descent.DescentResult;
import dev.patchgrad.descent.GradientDescent;
import dev.patchgrad.descent.Initialisation;
import dev.patchgrad.descent.Restarts;
import dev.patchgrad.descent.StopRule;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Teacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A first look: makes Gaussian data in shards, labelled by a teacher, on the cluster itself, and
 * recovers the teacher from them by gradient descent with restarts.
 *
 * <p>Under {@code spark-submit} it takes the cluster that it is submitted to; otherwise it starts
 * an embedded one, of two processes on this machine.
 */
public final class RecoverOnCluster {
  private static final Teacher TEACHER =
      Teacher.of(new double[] {2, .5, 1, -1, 0, .25, 1, -2}, new double[] {.75, 2, 1, .5});

  private RecoverOnCluster() {}

  /**
   * Runs it.
   *
   * @param arguments the number of shards, the samples of a shard, and a folder that every machine
   *     sees, in which the shards come to be; 8, 20000 and a temporary folder where they are
   *     missing
   * @throws IOException if there is no place for the shards
   */
  public static void main(String[] arguments) throws IOException {
    int shards = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8;
    int samples = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
    Path folder =
        arguments.length > 2
            ? Files.createDirectories(Path.of(arguments[2]).toAbsolutePath())
            : Files.createTempDirectory("patchgrad-shards");
    try (JavaSparkContext spark = new JavaSparkContext(settings())) {
      write(spark, folder, shards, samples);
      recover(spark, folder);
    } finally {
      if (arguments.length <= 2) {
        delete(folder);
      }
    }
  }

  /** Those of spark-submit, where it started this program. */
  static SparkConf settings() {
    SparkConf given = new SparkConf();
    return given.contains("spark.master") ? given : EmbeddedCluster.settings(2, 1, 1024);
  }

  private static void write(JavaSparkContext spark, Path folder, int shards, int samples) {
    String parent = folder.toString();
    spark
        .parallelize(IntStream.range(0, shards).boxed().toList(), shards)
        .foreach(
            shard -> {
              Path file = Path.of(parent, String.format(Locale.ROOT, "shard-%05d.npy", shard));
              try (NpyWriter writer = NpyWriter.create(file, samples)) {
                writer.add(GaussianData.of(TEACHER).n(samples).seed(shard).batch(Precision.DOUBLE));
              }
            });
  }

  private static void recover(JavaSparkContext spark, Path folder) throws IOException {
    try (SparkObjective objective = SparkObjective.ofFolder(spark, folder)) {
      System.out.println(objective);
      GradientDescent descent =
          GradientDescent.of(
                  objective.labelledBy(TEACHER),
                  StopRule.filterWithin(1e-3).and(StopRule.weightsWithin(1e-3)))
              .mostIterations(1000);
      long start = System.nanoTime();
      Restarts.Found found =
          Restarts.of(descent, Initialisation.of(TEACHER)).withSignFlips().search(1);
      double seconds = (System.nanoTime() - start) / 1e9;
      DescentResult result = found.reached().orElseThrow();
      System.out.printf(
          Locale.ROOT,
          "recovered by start %d of %d after %d iterations, %.1f s%n",
          found.results().indexOf(result) + 1,
          found.starts(),
          result.iterations(),
          seconds);
      System.out.printf(Locale.ROOT, "loss %.1e%n", result.loss());
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (var listed = Files.list(folder)) {
      files = listed.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }
}
