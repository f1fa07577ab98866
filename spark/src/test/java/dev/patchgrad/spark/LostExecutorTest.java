package dev.patchgrad.spark;

import static dev.patchgrad.spark.Shards.START;
import static dev.patchgrad.spark.Shards.TEACHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.descent.DescentListener;
import dev.patchgrad.descent.GradientDescent;
import dev.patchgrad.descent.Objective;
import dev.patchgrad.descent.StopRule;
import dev.patchgrad.network.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A machine that is lost in the middle of a descent changes no bit of it. */
@ExtendWith(Cluster.class)
class LostExecutorTest {
  private static final int ITERATIONS = 12;

  @TempDir private Path folder;

  /** Where it was at every iteration, and what came of it; a number's text tells all its bits. */
  private static List<String> course(Objective objective, DescentListener listener) {
    List<String> course = new ArrayList<>();
    GradientDescent descent =
        GradientDescent.of(objective.labelledBy(TEACHER), StopRule.filterWithin(1e-9))
            .mostIterations(ITERATIONS)
            .watchedBy(point -> course.add(point.toString()), 1)
            .watchedBy(listener, 1);
    course.add(descent.run(START).toString());
    return course;
  }

  @Test
  void anExecutorThatIsKilledInADescentChangesNothing(JavaSparkContext spark) throws Exception {
    List<Path> files = Shards.write(folder, 8, Precision.DOUBLE);
    List<String> expected = course(Objective.summed(Shards.InOneJvm.of(files, 1)), point -> {});
    assertThat(expected).hasSizeGreaterThan(ITERATIONS);
    List<ProcessHandle> killed = new ArrayList<>();
    try (SparkObjective objective = SparkObjective.ofShards(spark, files)) {
      DescentListener killer =
          point -> {
            if (point.iteration() == 3 || point.iteration() == 8) {
              ProcessHandle victim = Cluster.executors(spark).getFirst();
              assertThat(victim).isNotEqualTo(ProcessHandle.current());
              assertThat(victim.destroyForcibly()).isTrue();
              killed.add(victim);
            }
          };
      assertThat(course(objective, killer)).isEqualTo(expected);
      assertThat(killed).doesNotHaveDuplicates().hasSize(2);
      killed.forEach(process -> process.onExit().join());
      // What the lost ones had cached, others have now.
      assertThat(course(objective, point -> {})).isEqualTo(expected);
    }
  }
}
