package dev.patchgrad.spark;

import dev.patchgrad.choice.KernelChooser;
import dev.patchgrad.choice.Workload;
import dev.patchgrad.data.NpyBatch;
import dev.patchgrad.data.NpyWriter;
import dev.patchgrad.descent.Objective;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Measures what a gradient takes on an embedded cluster, by the number of its processes and of
 * shards: of data of a given size, and of next to none, which is the overhead of a step. Prints a
 * line for each, beside what one kernel takes in one JVM without Spark.
 *
 * <p>For a machine that does nothing else meanwhile.
 */
public final class ClusterTimes {
  private static final int K = 16;
  private static final int P = 64;
  private static final int WARM_UP = 15;
  private static final int CALLS = 31;

  /** Times that all calls are made before those that count. */
  private static final int DRIVER_WARM_UP = 5;

  private static final int[] EXECUTORS = {1, 2};
  private static final int[] SHARDS = {2, 8, 32};

  private static final Student STUDENT = Student.weightNormalised(numbers(P, 1), numbers(K, 2));
  private static final Teacher TEACHER = Teacher.of(numbers(P, 3), numbers(K, 4));

  private ClusterTimes() {}

  /**
   * Measures.
   *
   * @param arguments the mebibytes of all patches; 512 where none are given
   * @throws IOException if there is no place for the shards
   */
  public static void main(String[] arguments) throws IOException {
    int mebibytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 512;
    int samples = (int) ((long) mebibytes * (1 << 20) / (K * P * Double.BYTES));
    Path parent = Files.createTempDirectory("patchgrad-times");
    try {
      for (int shards : SHARDS) {
        write(parent.resolve("all-" + shards), shards, samples / shards);
        write(parent.resolve("none-" + shards), shards, 1);
      }
      System.out.println("k = 16, p = 64, double, " + mebibytes + " MiB; ms: median [quartiles]");
      inOneJvm(parent.resolve("all-" + SHARDS[0]));
      for (int executors : EXECUTORS) {
        measure(executors, mebibytes, parent);
      }
    } finally {
      delete(parent);
    }
  }

  private static double[] numbers(int count, long seed) {
    return new SplittableRandom(seed).doubles(count, -1, 1).toArray();
  }

  private static void write(Path folder, int shards, int samples) throws IOException {
    Files.createDirectories(folder);
    for (int shard = 0; shard < shards; shard++) {
      Path file = folder.resolve(String.format(Locale.ROOT, "shard-%03d.npy", shard));
      try (NpyWriter writer = NpyWriter.create(file, samples)) {
        writer.add(GaussianData.of(TEACHER).n(samples).seed(shard).batch(Precision.DOUBLE));
      }
    }
  }

  private static void inOneJvm(Path folder) throws IOException {
    // One shard of two, and twice its time: a batch of all samples would be one more copy.
    PatchBatch rows = NpyBatch.read(folder.resolve("shard-000.npy"));
    StudentsKernel kernel =
        KernelChooser.ofThisMachine().choose(Workload.of(rows)).createStudents();
    Objective objective = Objective.batch(kernel, rows.toLayout(kernel.layout()));
    String name = "one thread of one JVM without Spark, kernel " + kernel.name();
    System.out.println(name + ": " + inWords(times(objective), SHARDS[0]));
  }

  private static void measure(int executors, int mebibytes, Path parent) throws IOException {
    int heap = 1024 + 3 * mebibytes;
    try (JavaSparkContext spark =
        new JavaSparkContext(EmbeddedCluster.settings(executors, 1, heap))) {
      try (SparkObjective objective =
          SparkObjective.ofFolder(spark, parent.resolve("none-" + SHARDS[0]))) {
        // A driver that has just started plans its jobs twice as slowly.
        for (int time = 0; time < DRIVER_WARM_UP; time++) {
          times(objective);
        }
      }
      for (int shards : SHARDS) {
        for (String data : List.of("all", "none")) {
          try (SparkObjective objective =
              SparkObjective.ofFolder(spark, parent.resolve(data + "-" + shards))) {
            System.out.printf(
                Locale.ROOT,
                "%d executors, %d shards, %s: %s%n",
                executors,
                shards,
                data.equals("all") ? "all samples" : "a sample each",
                inWords(times(objective), 1));
          }
        }
      }
    }
  }

  /** Milliseconds of each call, sorted. */
  private static double[] times(Objective objective) {
    List<Student> students = List.of(STUDENT);
    List<Gradient> out = List.of(Gradient.of(STUDENT));
    for (int call = 0; call < WARM_UP; call++) {
      objective.evaluate(students, out);
    }
    double[] times = new double[CALLS];
    for (int call = 0; call < CALLS; call++) {
      long start = System.nanoTime();
      objective.evaluate(students, out);
      times[call] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    return times;
  }

  private static String inWords(double[] sorted, int factor) {
    return String.format(
        Locale.ROOT,
        "%.1f [%.1f, %.1f]",
        factor * sorted[CALLS / 2],
        factor * sorted[CALLS / 4],
        factor * sorted[3 * CALLS / 4]);
  }

  private static void delete(Path parent) throws IOException {
    List<Path> paths;
    try (var all = Files.walk(parent)) {
      paths = all.toList();
    }
    for (Path path : paths.reversed()) {
      Files.delete(path);
    }
  }
}
