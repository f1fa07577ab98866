package dev.patchgrad.reports.command;

import dev.patchgrad.reports.comparison.ComparedCell;
import dev.patchgrad.reports.comparison.Comparison;
import dev.patchgrad.reports.comparison.ComparisonData;
import dev.patchgrad.reports.comparison.ComparisonText;
import dev.patchgrad.reports.comparison.SlowdownGate;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.json.PlainText;
import dev.patchgrad.reports.page.ComparisonPage;
import dev.patchgrad.reports.page.HtmlPage;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.WholeFiles;
import dev.patchgrad.reports.summary.Look;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Compares runs with the first of them. */
@Command(
    name = "compare",
    description = {
      "Compares runs, each with the first: what became faster or slower, by how much, how sure.",
      "Refuses runs that were not measured alike, and names what differs: the version of the suites,"
          + " the grid, mode, warm-up, measurement, number of threads, or size of batch.",
      "An interval covers the forks of a run. It does not cover what changes between two runs"
          + " (temperature, neighbours): where that matters, repeat both runs in turn."
    },
    mixinStandardHelpOptions = true)
final class CompareCommand extends Subcommand {
  /** How a comparison is written. */
  enum Format {
    CONSOLE,
    MARKDOWN,
    CSV,
    JSON,
    PAGE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A file's name may have 255 bytes, with its ending. */
  private static final int LONGEST_NAME = 200;

  @Mixin private Workspace workspace = new Workspace();

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      completionCandidates = IdsCommand.Candidates.class,
      description =
          "Two or more: folders, latest, ids of profiles or runs, or files that any JMH wrote with"
              + " -rf json. All against the first.")
  private List<String> runs = List.of();

  @Option(
      names = "--threshold",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description =
          "Call two values the same if their ratio is shown to be within this of 1;"
              + " ${DEFAULT-VALUE} by default.",
      defaultValue = "5%")
  private double threshold;

  @Option(
      names = "--fail-on-slower",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description = {
        "End with exit code 1 if a kernel, or one of its cells, is shown to be slower by more than"
            + " this. At most 1 in 40 comparisons is a false alarm, however many cells there are."
      })
  private Optional<Double> failOnSlower = Optional.empty();

  @Option(
      names = "--force",
      description = "Compare runs that were not measured alike, and say what was ignored.")
  private boolean force;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default. A page is one HTML file"
              + " with charts: without -o it goes to a file that is named.",
      defaultValue = "console")
  private Format format = Format.CONSOLE;

  @Option(
      names = "--kernel",
      paramLabel = "NAME",
      split = ",",
      description = "Compare only the cells of these kernels, such as vector,interleaved.")
  private List<String> kernels = List.of();

  @Option(
      names = "--changed",
      description =
          "List only the cells that became faster or slower; means and counts are of all.")
  private boolean changed;

  @Mixin private Output output = new Output();

  CompareCommand() {}

  @Override
  int execute(PrintWriter out) throws IOException {
    if (runs.size() < 2) {
      throw new ParameterException(
          commandLine(), "one RUN is compared with nothing: give two or more");
    }
    Comparison.Named first = named(runs.get(0));
    List<Comparison> comparisons = new ArrayList<>();
    for (String other : runs.subList(1, runs.size())) {
      comparisons.add(narrowed(Comparison.of(first, named(other), force)));
    }
    Optional<SlowdownGate> gate =
        failOnSlower.map(allowed -> SlowdownGate.of(comparisons, allowed));
    String text = text(comparisons, gate);
    if (format == Format.PAGE && output.file().isEmpty()) {
      Path page = pageOf(comparisons);
      Files.createDirectories(page.getParent());
      WholeFiles.write(page, text);
      out.println("Page: " + page);
    } else {
      output.write(text, out);
    }
    if (gate.isEmpty()) {
      return ExitCode.OK;
    }
    // Not among the data: those are for a program, and this is for a person.
    commandLine().getErr().print(gate.get().text());
    commandLine().getErr().flush();
    return gate.get().passes() ? ExitCode.OK : ExitCode.SLOWER;
  }

  private Comparison.Named named(String word) {
    Run run = workspace.readAny(word);
    if (run.isPartial()) {
      // Not among the data, as with the gate.
      commandLine()
          .getErr()
          .println("patchgrad: " + PlainText.line(word) + " broke off: cells may be missing");
    }
    return new Comparison.Named(word, run);
  }

  /** The cells of the kernels that the user wants. */
  private Comparison narrowed(Comparison comparison) {
    if (kernels.isEmpty()) {
      return comparison;
    }
    Set<String> known = new TreeSet<>();
    comparison.cells().forEach(cell -> known.add(kernel(cell)));
    for (String kernel : kernels) {
      if (!known.contains(kernel)) {
        throw new ParameterException(
            commandLine(),
            "--kernel: both runs have no cell of '" + kernel + "'; they have " + known);
      }
    }
    return comparison.only(cell -> kernels.contains(kernel(cell)));
  }

  private static String kernel(ComparedCell cell) {
    return cell.subject().param(SuiteNames.KERNEL);
  }

  /** A file beside the runs: the checkout's own folders stay as they are. */
  private Path pageOf(List<Comparison> comparisons) {
    String name =
        comparisons.stream()
                .map(comparison -> comparison.other().name())
                .collect(Collectors.joining("-and-"))
            + "-against-"
            + comparisons.get(0).first().name();
    String safe = name.replaceAll("[^A-Za-z0-9.-]+", "-").replaceAll("^[.-]+", "");
    return workspace
        .runs()
        .resolve("comparisons")
        .resolve(safe.substring(0, Math.min(safe.length(), LONGEST_NAME)) + ".html");
  }

  private String text(List<Comparison> comparisons, Optional<SlowdownGate> gate) {
    Look look = output.look();
    return switch (format) {
      case CONSOLE ->
          each(comparisons, one -> ComparisonText.console(one, threshold, changed, look));
      case MARKDOWN -> each(comparisons, one -> ComparisonText.markdown(one, threshold, changed));
      case CSV -> ComparisonData.csv(changed(comparisons), threshold);
      case JSON -> ComparisonData.json(comparisons, threshold, gate);
      case PAGE -> HtmlPage.render(ComparisonPage.of(comparisons, threshold, gate));
    };
  }

  private List<Comparison> changed(List<Comparison> comparisons) {
    return comparisons.stream()
        .map(one -> changed ? one.only(cell -> cell.isChange(threshold)) : one)
        .toList();
  }

  private static String each(List<Comparison> comparisons, Function<Comparison, String> writer) {
    return comparisons.stream().map(writer).collect(Collectors.joining("\n"));
  }
}
