package dev.patchgrad.reports.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.run.Metric;
import dev.patchgrad.reports.run.Result;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A fork in few values, whatever the number of its iterations. */
final class CourseTest {
  private static Result result(String benchmark, int iterations, IntToDoubleFunction value) {
    return new Result(
        benchmark,
        Map.of(),
        "thrpt",
        1,
        new Result.Settings("1.37", "25", "VM", List.of(), 1, 2, "400 ms", iterations, "3 ms"),
        new Metric(
            "ops/s", List.of(IntStream.range(0, iterations).mapToDouble(value).boxed().toList())),
        Map.of());
  }

  private static Course course(String benchmark, int iterations, IntToDoubleFunction value) {
    return Course.of(result(benchmark, iterations, value), Course.MOST).get(0);
  }

  @Test
  void fewIterationsAreTakenAsTheyAre() {
    for (String benchmark : List.of("org.example.Sort.run", SuiteNames.GRADIENT)) {
      Course course = course(benchmark, 8, i -> i + 1);
      assertThat(course.each()).isOne();
      assertThat(course.values()).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0);
    }
  }

  /** Twelve are no more than a test needs, though they are no whole number of passes. */
  @Test
  void twelveIterationsAreTakenAsTheyAre() {
    Course course = course(SuiteNames.GRADIENT, 12, i -> i + 1);
    assertThat(course.each()).isOne();
    assertThat(course.values()).hasSize(12).startsWith(1.0, 2.0).endsWith(12.0);
  }

  /** 27 of another suite: nine groups of three, each its median. */
  @Test
  void manyIterationsAreGroupsThatFollowEachOther() {
    Course course = course("org.example.Sort.run", 27, i -> i + 1);
    assertThat(course.each()).isEqualTo(3);
    assertThat(course.values()).startsWith(2.0, 5.0).endsWith(26.0).hasSize(9);
  }

  /** 160 of the gradient suite: twenty passes, in groups of two. */
  @Test
  void aGroupIsOfWholePassesAndLeavesOutWhatANeighbourTook() {
    Random random = new Random(20261127);
    // Of the two iterations at a place at most one is disturbed, and five of the places are slower.
    Course course =
        course(
            SuiteNames.GRADIENT,
            160,
            i ->
                (i % 8 < 5 ? 900 : 1000)
                    * (i / 8 % 2 == 0 && random.nextBoolean() ? 0.75 : 1)
                    * (i < 80 ? 1 : 2));
    assertThat(course.each()).isEqualTo(16);
    assertThat(course.values())
        .containsExactly(900.0, 900.0, 900.0, 900.0, 900.0, 1800.0, 1800.0, 1800.0, 1800.0, 1800.0);
  }

  /** A quarter beside a neighbour is not seen, and a half of cold code is. */
  @Test
  void aHalfIsWhatItsFastestIterationsWere() {
    IntToDoubleFunction loud = i -> i < 40 ? 750 : 1000;
    IntToDoubleFunction cold = i -> i < 80 ? 100 : 1000;
    assertThat(Course.of(result(SuiteNames.GRADIENT, 160, loud), 2).get(0).values())
        .containsExactly(1000.0, 1000.0);
    assertThat(Course.of(result(SuiteNames.GRADIENT, 160, cold), 2).get(0).values())
        .containsExactly(100.0, 1000.0);
    assertThat(Warmth.doubt(result(SuiteNames.GRADIENT, 160, loud), 0)).isEmpty();
    assertThat(Warmth.doubt(result(SuiteNames.GRADIENT, 160, cold), 0))
        .hasValueSatisfying(doubt -> assertThat(doubt).startsWith("still speeds up: 10.0x"));
  }

  /** 20 of the gradient suite: two passes, and a part of one that is left out. */
  @Test
  void aPassThatWasNotFinishedIsLeftOut() {
    Course course = course(SuiteNames.GRADIENT, 20, i -> i < 16 ? 5 : 1);
    assertThat(course.each()).isEqualTo(8);
    assertThat(course.values()).containsExactly(5.0, 5.0);
  }
}
