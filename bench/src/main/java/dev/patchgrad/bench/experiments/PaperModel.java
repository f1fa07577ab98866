package dev.patchgrad.bench.experiments;

import static dev.patchgrad.bench.experiments.PaperNumbers.fixed;
import static dev.patchgrad.bench.experiments.PaperNumbers.shortest;
import static dev.patchgrad.bench.experiments.PaperNumbers.significant;

import dev.patchgrad.kernel.SignFlipsKernel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * What {@code paper.md.ftl} puts into its text: names and numbers, as they are shown.
 *
 * <p>The records within are public, since the template library reads no others.
 */
final class PaperModel {
  /** A distance that a recovered teacher is within. */
  private static final double NEAR = 1e-3;

  private PaperModel() {}

  /** All of the page. */
  public record Root(Table table, Phases phases, Samples samples, Restarts restarts, Times times) {}

  /** Table 1. */
  public record Table(
      int p,
      String squares,
      String stepSize,
      int starts,
      long seed,
      int undecided,
      int diverged,
      String meanSteps,
      List<String> rho,
      List<TableRow> rows,
      Furthest furthest,
      int beyond,
      int compared) {}

  /** The cells of one k. */
  public record TableRow(int k, List<TableCell> cells) {}

  /** A cell, with the share to three and to four digits; nothing where none is recalled. */
  public record TableCell(
      String rho,
      String share,
      String exactShare,
      String low,
      String high,
      String recalled,
      String limit) {}

  /** The cell whose share differs most from the recalled one; nothing where none is recalled. */
  public record Furthest(
      String difference, String k, String rho, String measured, String recalled) {
    private static final Furthest NONE = new Furthest("", "", "", "", "");
  }

  /** The two phases. */
  public record Phases(
      int k,
      int p,
      String rho,
      String squares,
      String stepSize,
      long seed,
      String phaseTwo,
      String leastLoss,
      List<Course> courses,
      Lost lost) {}

  /** A start that reaches the teacher. */
  public record Course(
      String name,
      String degrees,
      String overlap,
      int iterations,
      String measured,
      String predicted) {}

  /** The start that is lost to the spurious minimum, and pi - phi at its end. */
  public record Lost(
      String degrees,
      String overlap,
      String law,
      String iterations,
      String measured,
      String predicted) {}

  /** Learning from samples. */
  public record Samples(
      int k,
      int p,
      String rho,
      String squares,
      String stepSize,
      int unknowns,
      int miniBatch,
      String goal,
      int iterations,
      int mostStarts,
      int dataSets,
      long seed,
      String near,
      boolean someEverywhere,
      int noneUpTo,
      boolean allNowhere,
      int allFrom,
      List<SampleRow> rows,
      Distance population) {}

  /** The data sets of one n. */
  public record SampleRow(
      int n, int fits, int near, int dataSets, String starts, String filter, String weights) {}

  /** A distance from the teacher. */
  public record Distance(String filter, String weights) {}

  /** Restarts. */
  public record Restarts(
      int p,
      String squares,
      String stepSize,
      int searches,
      int estimate,
      long seed,
      String wanted,
      List<RestartRow> rows) {}

  /**
   * One teacher's shares of success: of one start, of as many as needed, of four, and of the four
   * of one draw, with the step size up to which they are certain.
   */
  public record RestartRow(
      int k,
      String rho,
      String single,
      int needed,
      String found,
      String four,
      String flips,
      String signFlipsBound) {}

  /** How long it took, and where. */
  public record Times(String runAt, String jvm, int threads, List<Experiment> experiments) {}

  /** One experiment's time. */
  public record Experiment(String name, String seconds) {}

  /** The model of some results. */
  static Root of(PaperResults results, Instant time) {
    PaperSettings settings = results.settings();
    return new Root(
        table(settings.table(), results.table()),
        phases(settings.phases(), results.phases()),
        samples(settings.samples(), results.samples()),
        restarts(settings.restarts(), results.restarts()),
        new Times(
            time.truncatedTo(ChronoUnit.SECONDS).toString(),
            System.getProperty("java.vm.version"),
            results.threads(),
            results.seconds().entrySet().stream()
                .map(entry -> new Experiment(entry.getKey(), fixed(entry.getValue(), 2)))
                .toList()));
  }

  private static Table table(SuccessTable.Settings settings, List<SuccessTable.Cell> cells) {
    List<SuccessTable.Cell> compared =
        cells.stream().filter(cell -> cell.recalled().isPresent()).toList();
    return new Table(
        settings.p(),
        shortest(settings.squares()),
        shortest(settings.stepSize()),
        settings.starts(),
        settings.seed(),
        sum(cells, cell -> cell.counts().undecided()),
        sum(cells, cell -> cell.counts().diverged()),
        fixed(
            cells.stream().mapToLong(cell -> cell.counts().steps()).sum()
                / (double) sum(cells, cell -> cell.counts().starts()),
            1),
        settings.rho().stream().map(PaperNumbers::shortest).toList(),
        settings.k().stream().map(k -> row(k, cells)).toList(),
        compared.stream()
            .max(Comparator.comparingDouble(PaperModel::difference))
            .map(PaperModel::furthest)
            .orElse(Furthest.NONE),
        (int) compared.stream().filter(PaperModel::isBeyond).count(),
        compared.size());
  }

  private static int sum(List<SuccessTable.Cell> cells, ToIntFunction<SuccessTable.Cell> number) {
    return cells.stream().mapToInt(number).sum();
  }

  private static TableRow row(int k, List<SuccessTable.Cell> cells) {
    return new TableRow(
        k, cells.stream().filter(cell -> cell.k() == k).map(PaperModel::cell).toList());
  }

  private static TableCell cell(SuccessTable.Cell cell) {
    Share share = cell.share();
    return new TableCell(
        shortest(cell.rho()),
        fixed(share.value(), 3),
        fixed(share.value(), 4),
        fixed(share.low(Share.ERROR), 4),
        fixed(share.high(Share.ERROR), 4),
        cell.recalled().isPresent() ? fixed(cell.recalled().getAsDouble(), 2) : "",
        fixed(cell.limit(), 4));
  }

  private static double difference(SuccessTable.Cell cell) {
    return Math.abs(cell.recalled().orElseThrow() - cell.share().value());
  }

  private static Furthest furthest(SuccessTable.Cell cell) {
    return new Furthest(
        fixed(difference(cell), 3),
        "" + cell.k(),
        shortest(cell.rho()),
        fixed(cell.share().value(), 3),
        fixed(cell.recalled().orElseThrow(), 2));
  }

  /** The recalled share has a standard error of its own, and is rounded to .01. */
  private static boolean isBeyond(SuccessTable.Cell cell) {
    double share = cell.share().value();
    double error = Math.sqrt(2 * share * (1 - share) / cell.share().trials());
    return difference(cell) > 1.96 * error + .005;
  }

  private static Phases phases(TwoPhases.Settings settings, TwoPhases.Result result) {
    List<Course> courses = new ArrayList<>();
    for (int i = 0; i < result.courses().size(); i++) {
      TwoPhases.Course course = result.courses().get(i);
      courses.add(
          new Course(
              course.name(),
              fixed(course.degrees(), 2),
              fixed(course.overlap(), 3),
              course.phaseTwo().iteration(),
              fixed(course.measuredRate(), 5),
              fixed(result.rates().get(i), 5)));
    }
    return new Phases(
        settings.k(),
        settings.p(),
        shortest(settings.rho()),
        shortest(settings.squares()),
        shortest(settings.stepSize()),
        settings.seed(),
        shortest(TwoPhases.PHASE_TWO),
        shortest(TwoPhases.LEAST_LOSS),
        courses,
        lost(result));
  }

  private static Lost lost(TwoPhases.Result result) {
    TwoPhases.Course course = result.spurious();
    TwoPhases.Point last = course.points().getLast();
    return new Lost(
        fixed(course.degrees(), 2),
        fixed(course.overlap(), 3),
        fixed(result.law(), 1),
        "" + last.iteration(),
        significant(last.distance().angle().supplement(), 4),
        significant(result.law() / last.iteration(), 4));
  }

  private static Samples samples(SampleSizes.Settings settings, SampleSizes.Result result) {
    List<Integer> sizes = settings.sizes();
    int noneUpTo = sizes.stream().filter(n -> near(result, n) == 0).reduce(0, (a, b) -> b);
    int allFrom = Integer.MAX_VALUE;
    for (int n : sizes.reversed()) {
      if (near(result, n) < result.of(n).size()) {
        break;
      }
      allFrom = n;
    }
    return new Samples(
        settings.k(),
        settings.p(),
        shortest(settings.rho()),
        shortest(settings.squares()),
        shortest(settings.stepSize()),
        settings.unknowns(),
        settings.miniBatch(),
        shortest(settings.goal()),
        settings.iterations(),
        settings.mostStarts(),
        settings.dataSets(),
        settings.seed(),
        shortest(NEAR),
        noneUpTo == 0,
        noneUpTo,
        allFrom == Integer.MAX_VALUE,
        allFrom,
        sizes.stream().map(n -> sampleRow(result, n)).toList(),
        new Distance(
            significant(result.population().filter(), 2),
            significant(result.population().weights(), 2)));
  }

  private static int near(SampleSizes.Result result, int n) {
    return (int) result.of(n).stream().filter(outcome -> outcome.filter() < NEAR).count();
  }

  private static SampleRow sampleRow(SampleSizes.Result result, int n) {
    List<SampleSizes.Outcome> outcomes = result.of(n);
    return new SampleRow(
        n,
        (int) outcomes.stream().filter(SampleSizes.Outcome::fits).count(),
        near(result, n),
        outcomes.size(),
        fixed(outcomes.stream().mapToInt(SampleSizes.Outcome::starts).average().orElse(0), 1),
        significant(result.median(n, SampleSizes.Outcome::filter), 2),
        significant(result.median(n, SampleSizes.Outcome::weights), 2));
  }

  private static Restarts restarts(
      RestartCounts.Settings settings, List<RestartCounts.Outcome> outcomes) {
    return new Restarts(
        settings.p(),
        shortest(settings.squares()),
        shortest(settings.stepSize()),
        settings.searches(),
        settings.estimate(),
        settings.seed(),
        shortest(settings.wanted()),
        outcomes.stream().map(outcome -> restartRow(settings, outcome)).toList());
  }

  private static RestartRow restartRow(
      RestartCounts.Settings settings, RestartCounts.Outcome outcome) {
    int needed = outcome.needed(settings.wanted());
    return new RestartRow(
        outcome.teacher().k(),
        shortest(outcome.teacher().rho()),
        fixed(outcome.single().value(), 4),
        needed,
        share(outcome.found(needed)),
        share(outcome.found(SignFlipsKernel.FLIPS)),
        fixed(outcome.flips().value(), 4),
        fixed(settings.reduction(outcome.teacher()).signFlipsBound(PaperTeachers.FILTER_NORM), 3));
  }

  private static String share(Optional<Share> share) {
    return share.map(known -> fixed(known.value(), 4)).orElse("-");
  }
}
