package dev.patchgrad.spark;

import static dev.patchgrad.spark.Shards.START;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.data.NpyBatch;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Teacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A shard that cannot be used is named, wherever in the cluster it was read. */
@ExtendWith(Cluster.class)
class RefusedShardsTest {
  @TempDir private Path folder;
  private List<Path> files = List.of();

  @BeforeEach
  void write() throws IOException {
    files = Shards.write(folder, 4, Precision.DOUBLE);
  }

  private static void assertRefused(ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(words);
  }

  private static void assertRefused(JavaSparkContext spark, List<Path> files, String... words) {
    assertRefused(() -> SparkObjective.ofShards(spark, files).close(), words);
  }

  @Test
  void aShardThatCannotBeReadIsNamed(JavaSparkContext spark) throws Exception {
    Path labels = NpyBatch.labelsOf(files.get(2));
    Files.delete(labels);
    String start = "shard 2, " + files.get(2) + ": ";
    assertRefused(spark, files, start, "NoSuchFileException", labels.toString());
    Files.writeString(labels, "1, 2, 3\n1, 2, 3\n");
    assertRefused(spark, files, start, labels + ": ", "expected an .npy file");
  }

  @Test
  void aShardThatIsNotLikeTheFirstIsNamed(JavaSparkContext spark) throws Exception {
    String first = "as in shard 0, " + files.getFirst();
    Shards.write(Shards.batch(3, Precision.FLOAT), files.get(3));
    assertRefused(
        spark,
        files,
        "shard 3, " + files.get(3) + ": float, k = 3, p = 5 found; expected double, k = 3, p = 5 ",
        first);
    Teacher other = Teacher.of(new double[] {1, 2}, new double[] {1});
    Shards.write(GaussianData.of(other).n(10).seed(1).batch(Precision.DOUBLE), files.get(3));
    assertRefused(spark, files, "shard 3, ", "double, k = 1, p = 2 found", first);
  }

  @Test
  void aShardThatIsChangedBehindTheObjectivesBackIsNamed(JavaSparkContext spark) throws Exception {
    try (SparkObjective objective = SparkObjective.ofShards(spark, files)) {
      Shards.write(Shards.batch(7, Precision.DOUBLE), files.get(1));
      assertRefused(
          () -> objective.evaluate(List.of(START), List.of(Gradient.of(START))),
          "shard 1, " + files.get(1) + ": double, k = 3, p = 5, n = 419 found; expected ",
          "n = 317, as when it was opened: it was changed meanwhile");
    }
    try (SparkObjective objective = SparkObjective.ofShards(spark, files)) {
      Shards.write(Shards.batch(7, Precision.DOUBLE).withLabelsTimes(2), files.get(1));
      assertRefused(
          () -> objective.evaluate(List.of(START), List.of(Gradient.of(START))),
          "shard 1, " + files.get(1) + ": labels 0 to 418 whose squares sum to ",
          "it was changed meanwhile");
    }
  }

  @Test
  void anElementThatIsNotFiniteIsNamed(JavaSparkContext spark) throws Exception {
    byte[] bytes = Files.readAllBytes(files.get(2));
    // The last element, little-endian: infinity.
    bytes[bytes.length - 1] = 0x7f;
    bytes[bytes.length - 2] = (byte) 0xf0;
    Arrays.fill(bytes, bytes.length - 8, bytes.length - 2, (byte) 0);
    Files.write(files.get(2), bytes);
    try (SparkObjective objective = SparkObjective.ofShards(spark, files)) {
      assertRefused(
          () -> objective.evaluate(List.of(START), List.of(Gradient.of(START))),
          "shard 2, " + files.get(2) + ": ",
          "Infinity");
    }
  }

  @Test
  void shardsThatAreNoneOrTwiceAreRefused(JavaSparkContext spark) {
    assertRefused(spark, List.of(), "shards: none given; expected at least one");
    Path detour = folder.resolve("..").resolve(folder.getFileName()).resolve("shard-001.npy");
    assertRefused(
        spark,
        List.of(files.get(0), files.get(1), detour),
        "shards[2]: " + files.get(1) + " given, which is shards[1] already; expected each once");
  }

  @Test
  void aFolderWithoutPatchesIsRefused(JavaSparkContext spark) throws Exception {
    for (Path file : files) {
      Files.delete(file);
    }
    assertRefused(
        () -> SparkObjective.ofFolder(spark, folder), folder + ": no .npy file of patches found");
    assertThatThrownBy(() -> SparkObjective.ofFolder(spark, folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
    Path file = NpyBatch.labelsOf(files.getFirst());
    assertThatThrownBy(() -> SparkObjective.ofFolder(spark, file))
        .isInstanceOf(NotDirectoryException.class);
  }

  @Test
  void anEmbeddedClusterIsOfOneExecutorAtLeast() {
    assertRefused(() -> EmbeddedCluster.settings(0, 1, 1024), "executors: 0 given; expected at");
    assertRefused(() -> EmbeddedCluster.settings(1, 0, 1024), "cores: 0 given; expected at least");
    assertRefused(() -> EmbeddedCluster.settings(1, 1, 100), "mebibytes: 100 given; expected at");
    SparkConf settings = EmbeddedCluster.settings(2, 3, 1024);
    org.assertj.core.api.Assertions.assertThat(settings.get("spark.master"))
        .isEqualTo("local-cluster[2,3,1024]");
  }
}
