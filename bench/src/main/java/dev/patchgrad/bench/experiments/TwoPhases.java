package dev.patchgrad.bench.experiments;

import dev.patchgrad.descent.Basin;
import dev.patchgrad.descent.DescentPoint;
import dev.patchgrad.descent.DescentResult;
import dev.patchgrad.descent.GradientDescent;
import dev.patchgrad.descent.Objective;
import dev.patchgrad.descent.ReducedState;
import dev.patchgrad.descent.Reduction;
import dev.patchgrad.descent.StepSize;
import dev.patchgrad.descent.StopRule;
import dev.patchgrad.descent.TeacherDistance;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.population.CriticalPoints;
import dev.patchgrad.reports.csv.CsvTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/**
 * The course of population gradient descent, in all coordinates: from a good start, from one nearly
 * orthogonal to the teacher, from a bad one close to the saddle, and from one that is lost to the
 * spurious minimum. The figure of the paper that shows a slow first phase, then linear convergence.
 */
final class TwoPhases {
  /** Below, the loss in closed form is rounding, and no rate can be read off. */
  static final double LEAST_LOSS = 1e-13;

  /** Below, the second phase has begun, and the slowest mode is on its own. */
  static final double PHASE_TWO = 1e-5;

  private TwoPhases() {}

  /**
   * What is asked.
   *
   * @param k patches
   * @param p dimension of a patch, at least 2
   * @param rho of the teacher, where the spurious point is a minimum
   * @param squares N = |a*|^2; |w*| is 1
   * @param stepSize eta
   * @param iterations of the runs that reach the teacher
   * @param spuriousIterations of the run that does not
   * @param seed of the starts' a
   */
  record Settings(
      int k,
      int p,
      double rho,
      double squares,
      double stepSize,
      int iterations,
      int spuriousIterations,
      long seed) {
    Settings {
      Require.positive("k", k);
      if (p < 2) {
        throw new IllegalArgumentException(
            "p: " + p + " given; expected at least 2, or the filter cannot turn");
      }
      Require.within("rho", rho, 0, k, "since (1^T a*)^2 <= k |a*|^2");
      if (!(rho < (k + Math.PI - 1) / Math.PI)) {
        throw new IllegalArgumentException(
            "rho: "
                + rho
                + " given; expected below (k + pi - 1)/pi = "
                + (k + Math.PI - 1) / Math.PI
                + ", where the spurious point is a minimum that a run can end in");
      }
      Require.positive("|a*|^2", squares);
      Require.stableStep(stepSize, new Reduction(k, 1, 0, squares, 1).stableBound(1));
      Require.positive("iterations", iterations);
      Require.positive("iterations to the spurious minimum", spuriousIterations);
    }
  }

  /**
   * A point of a run.
   *
   * @param iteration steps done
   * @param loss of the population
   * @param distance from the teacher
   */
  record Point(int iteration, double loss, TeacherDistance distance) {}

  /**
   * A run.
   *
   * @param name of its start
   * @param degrees phi_0
   * @param overlap x_0 = a_0^T a*
   * @param points of every iteration; of the run to the spurious minimum, ever fewer of them
   * @param result how it ended
   */
  record Course(
      String name, double degrees, double overlap, List<Point> points, DescentResult result) {
    /** The first point of the second phase. */
    Point phaseTwo() {
      return points.stream()
          .filter(point -> point.loss() < PHASE_TWO)
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "iterations: "
                          + result.iterations()
                          + " given; expected more, for the loss to fall below "
                          + PHASE_TWO
                          + " from phi_0 = "
                          + degrees
                          + " degrees"));
    }

    /** The last point at which the loss is more than rounding. */
    Point lastAboveRounding() {
      return points.stream()
          .filter(point -> point.loss() > LEAST_LOSS)
          .reduce((first, second) -> second)
          .orElseThrow();
    }

    /** The loss's factor a step over the second phase, from its first and last point. */
    double measuredRate() {
      Point first = phaseTwo();
      Point last = lastAboveRounding();
      return Math.pow(last.loss() / first.loss(), 1.0 / (last.iteration() - first.iteration()));
    }
  }

  /**
   * All runs.
   *
   * @param teacher of all
   * @param courses that reach the teacher
   * @param rates the predicted factor of each, in their order
   * @param spurious the one that does not
   * @param law c in pi - phi ~ c/t along it: 2 pi r^2 / (|x_sp| R eta)
   */
  record Result(
      Teacher teacher, List<Course> courses, List<Double> rates, Course spurious, double law) {}

  /** Runs them. */
  static Result run(Settings settings, StudyThreads threads, Progress progress)
      throws InterruptedException {
    Teacher teacher =
        PaperTeachers.of(settings.k(), settings.p(), settings.rho(), settings.squares());
    CriticalPoints points = CriticalPoints.of(teacher);
    double border = Math.toDegrees(points.saddleAngle().phi());
    SplittableRandom root = new SplittableRandom(settings.seed());
    List<Callable<Course>> tasks = new ArrayList<>();
    tasks.add(course(settings, teacher, "good", 45, 1, root.split(), false));
    tasks.add(course(settings, teacher, "nearly orthogonal", 89.9, 1, root.split(), false));
    tasks.add(course(settings, teacher, "bad, by the saddle", border - .1, 1, root.split(), false));
    double lost = (border + 180) / 2;
    tasks.add(course(settings, teacher, "lost", lost, -1, root.split(), true));
    List<Course> courses = threads.all(tasks, progress);
    for (Course course : courses) {
      Basin expected = course.name().equals("lost") ? Basin.SPURIOUS : Basin.GLOBAL;
      if (course.result().basin() != expected) {
        throw new IllegalStateException(
            "the start '" + course.name() + "' went to " + course.result().basin());
      }
    }
    Course spurious = courses.getLast();
    List<Course> global = courses.subList(0, courses.size() - 1);
    Reduction reduction = Reduction.of(teacher, settings.stepSize());
    List<Double> rates =
        global.stream()
            .map(
                course ->
                    reduction.contraction(
                        Reduction.state(course.result().student(), teacher).norm()))
            .toList();
    ReducedState end = Reduction.state(spurious.result().student(), teacher);
    double limit = Reduction.state(points.spurious().student(), teacher).overlap();
    double law = 2 * Math.PI * end.norm() * end.norm() / (Math.abs(limit) * settings.stepSize());
    return new Result(teacher, List.copyOf(global), rates, spurious, law);
  }

  private static Callable<Course> course(
      Settings settings,
      Teacher teacher,
      String name,
      double degrees,
      int signOfOverlap,
      SplittableRandom random,
      boolean spurious) {
    return () -> {
      Student start = start(teacher, degrees, signOfOverlap, random);
      List<Point> points = new ArrayList<>();
      int iterations = spurious ? settings.spuriousIterations() : settings.iterations();
      DescentResult result =
          GradientDescent.of(Objective.population(teacher), StopRule.after(iterations))
              .stepSize(StepSize.of(settings.stepSize()))
              .mostIterations(iterations)
              .watchedBy(
                  point -> {
                    if (!spurious || isKept(point)) {
                      points.add(
                          new Point(
                              point.iteration(), point.loss(), point.distance().orElseThrow()));
                    }
                  },
                  1)
              .run(start);
      double overlap = Reduction.state(start, teacher).overlap();
      return new Course(name, degrees, overlap, List.copyOf(points), result);
    };
  }

  /** Whether an iteration has at most two digits that count: ever fewer, evenly on a log scale. */
  private static boolean isKept(DescentPoint point) {
    int iteration = point.iteration();
    while (iteration >= 100) {
      if (iteration % 10 != 0) {
        return false;
      }
      iteration /= 10;
    }
    return true;
  }

  /** v at this angle to w*, and a of the paper's start, turned to have this sign of a^T a*. */
  private static Student start(
      Teacher teacher, double degrees, int signOfOverlap, SplittableRandom random) {
    Student start = PaperTeachers.starts(teacher).draw(random);
    double phi = Math.toRadians(degrees);
    double[] v = new double[teacher.p()];
    v[0] = StrictMath.cos(phi);
    v[1] = StrictMath.sin(phi);
    double[] a = start.a().clone();
    Student turned = Student.weightNormalised(v, a);
    if (Reduction.state(turned, teacher).overlap() * signOfOverlap < 0) {
      for (int j = 0; j < a.length; j++) {
        turned.a()[j] = -turned.a()[j];
      }
    }
    return turned;
  }

  /** The data, a row for each point. */
  static CsvTable csv(Result result) {
    CsvTable.Builder csv =
        CsvTable.withColumns(
            "start", "iteration", "loss", "phi", "pi_minus_phi", "distance_a", "distance_sum_a");
    List<Course> all = new ArrayList<>(result.courses());
    all.add(result.spurious());
    for (Course course : all) {
      for (Point point : course.points()) {
        csv.row(
            course.name().replace(",", ""),
            point.iteration(),
            point.loss(),
            point.distance().angle().phi(),
            point.distance().angle().supplement(),
            point.distance().weights(),
            point.distance().weightSum());
      }
    }
    return csv.build();
  }
}
