package dev.patchgrad.reports.command;

import dev.patchgrad.reports.comparison.Comparison;
import dev.patchgrad.reports.comparison.ComparisonData;
import dev.patchgrad.reports.comparison.ComparisonText;
import dev.patchgrad.reports.comparison.SlowdownGate;
import dev.patchgrad.reports.page.ComparisonPage;
import dev.patchgrad.reports.page.HtmlPage;
import dev.patchgrad.reports.summary.Look;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
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

  @Mixin private Workspace workspace = new Workspace();

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Two or more: folders, latest, ids of profiles or runs. All against the first.")
  private List<String> runs = List.of();

  @Option(
      names = "--threshold",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description =
          "Call two values the same if the whole interval of their ratio is within this of 1;"
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
              + " with charts: give it a name with -o.",
      defaultValue = "console")
  private Format format = Format.CONSOLE;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to a file instead of the console.")
  private Optional<Path> output = Optional.empty();

  CompareCommand() {}

  @Override
  int execute(PrintWriter out) throws IOException {
    if (runs.size() < 2) {
      throw new ParameterException(commandLine(), "RUN: one given; expected at least two");
    }
    Comparison.Named first = named(runs.get(0));
    List<Comparison> comparisons = new ArrayList<>();
    for (String other : runs.subList(1, runs.size())) {
      comparisons.add(Comparison.of(first, named(other), force));
    }
    Optional<SlowdownGate> gate =
        failOnSlower.map(allowed -> SlowdownGate.of(comparisons, allowed));
    String text = text(comparisons, gate);
    if (output.isPresent()) {
      Files.writeString(output.get(), text);
    } else {
      out.print(text);
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
    return new Comparison.Named(word, workspace.read(word));
  }

  private String text(List<Comparison> comparisons, Optional<SlowdownGate> gate) {
    return switch (format) {
      case CONSOLE -> each(comparisons, (comparison, share) -> ComparisonText.console(comparison, share, false, Look.plain()));
      case MARKDOWN -> each(comparisons, (comparison, share) -> ComparisonText.markdown(comparison, share, false));
      case CSV -> ComparisonData.csv(comparisons, threshold);
      case JSON -> ComparisonData.json(comparisons, threshold, gate);
      case PAGE -> HtmlPage.render(ComparisonPage.of(comparisons, threshold, gate));
    };
  }

  private String each(List<Comparison> comparisons, BiFunction<Comparison, Double, String> writer) {
    return comparisons.stream()
        .map(comparison -> writer.apply(comparison, threshold))
        .collect(Collectors.joining("\n"));
  }
}
