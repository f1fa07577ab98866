package dev.patchgrad.bench.experiments;

import dev.patchgrad.descent.DescentResult;
import dev.patchgrad.descent.Ending;
import dev.patchgrad.descent.GradientDescent;
import dev.patchgrad.descent.Initialisation;
import dev.patchgrad.descent.Objective;
import dev.patchgrad.descent.Reduction;
import dev.patchgrad.descent.StepSize;
import dev.patchgrad.descent.StopRule;
import dev.patchgrad.descent.TeacherDistance;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.reports.csv.CsvTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.descriptive.Median;

/**
 * A teacher recovered from n Gaussian samples without noise, by mini-batches and restarts, by n:
 * how near the student comes that fits the samples, beside what descent on the population gives.
 *
 * <p>A restart succeeds when it fits the samples, which needs no knowledge of the teacher: the loss
 * of all samples is below a goal. With too few samples many students fit, and the one that is found
 * is none near the teacher.
 */
final class SampleSizes {
  /**
   * The order in which a vector's lanes are summed is the JVM's to choose, and changes when a
   * method is compiled: only scalar code gives the same bits in each run.
   */
  private static final String KERNEL = "scalar";

  private SampleSizes() {}

  /**
   * What is asked.
   *
   * @param k patches
   * @param p dimension of a patch
   * @param rho of the teacher
   * @param squares N = |a*|^2; |w*| is 1
   * @param stepSize eta
   * @param samples n, each a number of data sets
   * @param dataSets of each n
   * @param miniBatch samples of a step; n where n is smaller
   * @param goal of the loss, as a share of the loss at a = 0
   * @param iterations of a start at most
   * @param mostStarts of a search
   * @param seed any
   */
  record Settings(
      int k,
      int p,
      double rho,
      double squares,
      double stepSize,
      List<Integer> samples,
      int dataSets,
      int miniBatch,
      double goal,
      int iterations,
      int mostStarts,
      long seed) {
    Settings {
      samples = List.copyOf(samples);
      PaperTeachers.of(k, p, rho, squares);
      Require.stableStep(stepSize, new Reduction(k, 1, 0, squares, 1).stableBound(1));
      Require.notEmpty("samples", samples);
      for (int n : samples) {
        Require.positive("samples", n);
      }
      Require.positive("data sets", dataSets);
      Require.positive("mini-batch", miniBatch);
      int largest = samples.stream().mapToInt(Integer::intValue).max().orElseThrow();
      if (miniBatch > largest) {
        throw new IllegalArgumentException(
            "mini-batch: " + miniBatch + " given; expected at most the largest n = " + largest);
      }
      Require.positive("goal", goal);
      Require.positive("iterations", iterations);
      Require.positive("starts of a search", mostStarts);
    }

    /** The different n, in ascending order. */
    List<Integer> sizes() {
      return samples.stream().distinct().sorted().toList();
    }

    /** What is free: the direction of w and a, p - 1 + k numbers. */
    int unknowns() {
      return p - 1 + k;
    }
  }

  /**
   * What one data set gave.
   *
   * @param n samples
   * @param fits whether a start was found that fits them
   * @param starts that were tried
   * @param iterations of the last one
   * @param filter |w - w*| of the one that fits, or else of the one that fits best
   * @param weights |a - a*| of it
   * @param loss of it over all samples
   */
  record Outcome(
      int n,
      boolean fits,
      int starts,
      int iterations,
      double filter,
      double weights,
      double loss) {}

  /**
   * What a learning curve shows.
   *
   * @param n samples; 0 for the population
   * @param iterations where it was looked at
   * @param filter |w - w*| there
   * @param weights |a - a*| there
   */
  record Curve(int n, List<Integer> iterations, List<Double> filter, List<Double> weights) {}

  /**
   * Everything.
   *
   * @param teacher of all
   * @param outcomes in order of n, then of data set
   * @param population the population's distances at the same goal, the median over starts
   * @param curves from one start, for some n, and for the population last
   */
  record Result(
      Teacher teacher, List<Outcome> outcomes, TeacherDistance population, List<Curve> curves) {
    /** The outcomes of an n. */
    List<Outcome> of(int n) {
      return outcomes.stream().filter(outcome -> outcome.n() == n).toList();
    }

    /** The median over the data sets of an n. */
    double median(int n, ToDoubleFunction<Outcome> number) {
      return Median.withDefaults().evaluate(of(n).stream().mapToDouble(number).toArray());
    }
  }

  /** Recovers. */
  static Result run(Settings settings, StudyThreads threads, Progress progress)
      throws InterruptedException {
    Teacher teacher =
        PaperTeachers.of(settings.k(), settings.p(), settings.rho(), settings.squares());
    SplittableRandom root = new SplittableRandom(settings.seed());
    List<Callable<Outcome>> tasks = new ArrayList<>();
    for (int n : settings.samples()) {
      for (int set = 0; set < settings.dataSets(); set++) {
        SplittableRandom random = root.split();
        tasks.add(() -> recover(settings, teacher, n, random));
      }
    }
    // One start and one order of the samples' seeds for all curves: they differ by n alone.
    long seed = root.nextLong();
    List<Callable<Curve>> curves = new ArrayList<>();
    Student start = goodStart(teacher, new SplittableRandom(seed));
    for (int n : curveSizes(settings)) {
      curves.add(() -> curve(settings, teacher, n, start, new SplittableRandom(seed)));
    }
    curves.add(() -> curve(settings, teacher, 0, start, new SplittableRandom(seed)));
    int all = tasks.size() + curves.size();
    List<Outcome> outcomes = threads.all(tasks, (done, of) -> progress.at(done, all));
    return new Result(
        teacher,
        outcomes,
        atGoal(settings, teacher, start),
        threads.all(curves, (done, of) -> progress.at(tasks.size() + done, all)));
  }

  /** Some n below, about, and above the number of unknowns, and the largest. */
  private static List<Integer> curveSizes(Settings settings) {
    int unknowns = settings.unknowns();
    List<Integer> sorted = settings.sizes();
    Optional<Integer> few =
        sorted.stream().filter(n -> n <= unknowns).reduce((first, second) -> second);
    Optional<Integer> enough = sorted.stream().filter(n -> n >= 3 * unknowns).findFirst();
    Optional<Integer> many = sorted.stream().filter(n -> n >= 20 * unknowns).findFirst();
    return java.util.stream.Stream.of(few, enough, many, Optional.of(sorted.getLast()))
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  private static Student goodStart(Teacher teacher, SplittableRandom random) {
    Initialisation initialisation = PaperTeachers.starts(teacher);
    while (true) {
      for (Student start : Initialisation.signFlips(initialisation.draw(random.split()))) {
        if (Reduction.state(start, teacher).overlap() > 0
            && Reduction.state(start, teacher).angle().cos() > 0) {
          return start;
        }
      }
    }
  }

  private static Outcome recover(
      Settings settings, Teacher teacher, int n, SplittableRandom random) {
    PatchBatch batch =
        GaussianData.of(teacher).n(n).seed(random.nextLong()).batch(Precision.DOUBLE);
    GradientKernel kernel = Kernels.create(KERNEL, Precision.DOUBLE);
    Gradient gradient = Gradient.zeros().k(teacher.k()).p(teacher.p());
    Objective objective = miniBatches(settings, batch, kernel, random.split());
    double goal = settings.goal() * objective.lossAtZero();
    Initialisation initialisation = PaperTeachers.starts(teacher);
    Optional<DescentResult> best = Optional.empty();
    double bestLoss = Double.POSITIVE_INFINITY;
    int starts = 0;
    while (starts < settings.mostStarts() && !(bestLoss <= goal)) {
      // A mini-batch's loss says little about the others': the rule is asked of it, the goal of
      // all.
      DescentResult result =
          GradientDescent.of(objective, StopRule.lossAtMost(goal / 4))
              .stepSize(StepSize.of(settings.stepSize()))
              .mostIterations(settings.iterations())
              .run(initialisation.draw(random.split()));
      starts++;
      if (result.ending() == Ending.DIVERGED) {
        continue;
      }
      kernel.evaluate(batch, result.student(), gradient);
      if (gradient.loss() < bestLoss) {
        bestLoss = gradient.loss();
        best = Optional.of(result);
      }
    }
    if (best.isEmpty()) {
      throw new IllegalStateException(
          "step size: " + settings.stepSize() + " given; every start diverged with n = " + n);
    }
    TeacherDistance distance = TeacherDistance.between(best.get().student(), teacher);
    return new Outcome(
        n,
        bestLoss <= goal,
        starts,
        best.get().iterations(),
        distance.filter(),
        distance.weights(),
        bestLoss);
  }

  private static Objective miniBatches(
      Settings settings, PatchBatch batch, GradientKernel kernel, SplittableRandom random) {
    int size = Math.min(settings.miniBatch(), batch.n());
    return Objective.miniBatches(kernel, Objective.cut(batch, size), random);
  }

  /** Where descent on the population is when its loss meets the goal. */
  private static TeacherDistance atGoal(Settings settings, Teacher teacher, Student start) {
    Objective objective = Objective.population(teacher);
    DescentResult result =
        GradientDescent.of(objective, StopRule.lossAtMost(settings.goal() * objective.lossAtZero()))
            .stepSize(StepSize.of(settings.stepSize()))
            .mostIterations(100 * settings.iterations())
            .run(start);
    return TeacherDistance.between(result.student(), teacher);
  }

  private static Curve curve(
      Settings settings, Teacher teacher, int n, Student start, SplittableRandom random) {
    Objective objective =
        n == 0
            ? Objective.population(teacher)
            : miniBatches(
                    settings,
                    GaussianData.of(teacher).n(n).seed(random.nextLong()).batch(Precision.DOUBLE),
                    Kernels.create(KERNEL, Precision.DOUBLE),
                    random.split())
                .labelledBy(teacher);
    List<Integer> iterations = new ArrayList<>();
    List<Double> filter = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    int every = Math.max(1, settings.iterations() / 150);
    GradientDescent.of(objective, StopRule.after(settings.iterations()))
        .stepSize(StepSize.of(settings.stepSize()))
        .mostIterations(settings.iterations())
        .watchedBy(
            point -> {
              TeacherDistance distance = point.distance().orElseThrow();
              iterations.add(point.iteration());
              filter.add(distance.filter());
              weights.add(distance.weights());
            },
            every)
        .run(start);
    return new Curve(n, List.copyOf(iterations), List.copyOf(filter), List.copyOf(weights));
  }

  /** The data of the searches, a row for each data set. */
  static CsvTable csv(Result result) {
    CsvTable.Builder csv =
        CsvTable.withColumns(
            "n", "fits", "starts", "iterations", "distance_w", "distance_a", "loss_of_all_samples");
    for (Outcome outcome : result.outcomes()) {
      csv.row(
          outcome.n(),
          outcome.fits(),
          outcome.starts(),
          outcome.iterations(),
          outcome.filter(),
          outcome.weights(),
          outcome.loss());
    }
    return csv.build();
  }

  /** The data of the curves, a row for each point; n = 0 is the population. */
  static CsvTable curvesCsv(Result result) {
    CsvTable.Builder csv = CsvTable.withColumns("n", "iteration", "distance_w", "distance_a");
    for (Curve curve : result.curves()) {
      for (int i = 0; i < curve.iterations().size(); i++) {
        csv.row(
            curve.n(), curve.iterations().get(i), curve.filter().get(i), curve.weights().get(i));
      }
    }
    return csv.build();
  }
}
