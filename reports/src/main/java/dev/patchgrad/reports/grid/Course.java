package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.run.Places;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.statistics.Forks;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fork was like in the course of its iterations, in a few values.
 *
 * @param values operations per second, each of a group of iterations that follow each other
 * @param each how many iterations a value stands for
 */
record Course(List<Double> values, int each) {
  /** No test of change needs more values. */
  static final int MOST = 12;

  /** Copies the list. */
  Course {
    values = List.copyOf(values);
  }

  /**
   * The course of each fork.
   *
   * @param result that has values
   * @param most values of a fork
   * @return by fork
   */
  static List<Course> of(Result result, int most) {
    // Whole passes over the places, so that no group has a better mixture of them than another.
    int pass = result.isInPlaces() ? Places.COUNT : 1;
    return result.operationsPerSecond().stream().map(fork -> of(fork, pass, most)).toList();
  }

  private static Course of(List<Double> iterations, int pass, int most) {
    int passes = iterations.size() / pass;
    int each = pass * ((passes + most - 1) / most);
    if (each <= pass && iterations.size() <= most) {
      return new Course(iterations, 1);
    }
    List<List<Double>> groups = new ArrayList<>();
    // What is left over at the end would be a group with other noise.
    for (int from = 0; from + each <= iterations.size(); from += each) {
      List<Double> group = iterations.subList(from, from + each);
      groups.add(pass == 1 ? group : Places.fastest(group, true));
    }
    return new Course(Forks.ofIterations(groups).values(), each);
  }
}
