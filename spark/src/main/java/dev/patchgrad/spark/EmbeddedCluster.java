package dev.patchgrad.spark;

import org.apache.spark.SparkConf;

/**
 * A Spark cluster of processes on one machine, from this program's own class path: for tests, and
 * for a first look. It needs no installed Spark.
 *
 * <p>Each executor is a JVM of its own, as on a real cluster; master and workers live in the
 * calling one. The executors' folders come to be in {@code work}, within the folder that the
 * environment variable SPARK_HOME names, or within the current one.
 */
public final class EmbeddedCluster {
  private EmbeddedCluster() {}

  /**
   * The settings of a cluster; {@code new JavaSparkContext(settings)} starts it.
   *
   * @param executors JVMs, at least 1
   * @param cores tasks that each runs at a time, at least 1
   * @param mebibytes heap of each, at least 512, of which Spark keeps 300 to itself
   * @return the settings, which may be added to
   * @throws IllegalArgumentException if a number is below its least
   */
  public static SparkConf settings(int executors, int cores, int mebibytes) {
    requireAtLeast(1, "executors", executors);
    requireAtLeast(1, "cores", cores);
    requireAtLeast(512, "mebibytes", mebibytes);
    return new SparkConf()
        .setMaster("local-cluster[" + executors + "," + cores + "," + mebibytes + "]")
        .setAppName("patchgrad")
        .set("spark.executor.memory", mebibytes + "m")
        .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .set("spark.executor.extraJavaOptions", "--add-modules=jdk.incubator.vector")
        // Without these Spark looks for an installation's jars; the class path has them.
        .setExecutorEnv("SPARK_TESTING", "1")
        .setExecutorEnv("SPARK_SCALA_VERSION", "2.13")
        .set("spark.driver.host", "localhost")
        .set("spark.ui.enabled", "false");
  }

  private static void requireAtLeast(int least, String name, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + ": " + value + " given; expected at least " + least);
    }
  }
}
