package dev.patchgrad.spark;

import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a cluster of two executors, each a process: started for the first test that asks, and
 * stopped after the last of all.
 */
final class Cluster implements ParameterResolver {
  static final int EXECUTORS = 2;

  /** Ends with the tests. */
  private record Running(JavaSparkContext spark) implements AutoCloseable {
    @Override
    public void close() {
      spark.stop();
    }
  }

  private static Running start() {
    return new Running(new JavaSparkContext(EmbeddedCluster.settings(EXECUTORS, 1, 1024)));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == JavaSparkContext.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(Cluster.class))
        .getOrComputeIfAbsent("cluster", key -> start(), Running.class)
        .spark();
  }

  /** The processes of the executors that are there now, as their tasks tell. */
  static List<ProcessHandle> executors(JavaSparkContext spark) {
    return spark
        .parallelize(Collections.nCopies(8, 0), 8)
        .map(task -> ProcessHandle.current().pid())
        .collect()
        .stream()
        .distinct()
        .map(pid -> ProcessHandle.of(pid).orElseThrow())
        .toList();
  }
}
