package dev.patchgrad.reports.command;

import dev.patchgrad.reports.page.Chart;
import dev.patchgrad.reports.page.ChartImage;
import dev.patchgrad.reports.page.RunPage;
import dev.patchgrad.reports.run.Run;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Writes the page of one run again, or its charts as pictures: of an older run, or a profile. */
@Command(
    name = "page",
    description =
        "Writes a run's page (index.html, summary.md, results.csv) into its folder, and prints its path.",
    mixinStandardHelpOptions = true)
final class PageCommand extends Subcommand {
  @Mixin private RunArgument run = new RunArgument();

  @Option(
      names = "--pictures",
      paramLabel = "FOLDER",
      description =
          "Instead of the page, write its charts into this folder as pictures for documents: NAME.png,"
              + " and NAME-dark.png for dark pages.")
  private Optional<Path> pictures = Optional.empty();

  @Option(
      names = "--only",
      paramLabel = "START",
      description = "Only the pictures whose names start with this, such as roofline.")
  private Optional<String> only = Optional.empty();

  PageCommand() {}

  @Override
  int execute(PrintWriter out) throws IOException {
    if (pictures.isEmpty()) {
      if (only.isPresent()) {
        throw new ParameterException(
            commandLine(),
            "--only: '"
                + only.get()
                + "' given without --pictures; expected both, since a page has all its charts");
      }
      out.println(RunPage.write(run.read()));
      return ExitCode.OK;
    }
    Run read = run.read();
    List<Chart> charts = RunPage.charts(read);
    List<Chart> chosen =
        charts.stream().filter(chart -> chart.name().startsWith(only.orElse(""))).toList();
    if (chosen.isEmpty()) {
      throw new ParameterException(
          commandLine(),
          "--only: '"
              + only.orElse("")
              + "' given; expected the start of one of "
              + charts.stream().map(Chart::name).toList());
    }
    Path folder = Files.createDirectories(pictures.get());
    for (Chart chart : chosen) {
      Path light = folder.resolve(chart.name() + ".png");
      Path dark = folder.resolve(chart.name() + "-dark.png");
      ChartImage.write(chart, light, ChartImage.Scheme.LIGHT);
      ChartImage.write(chart, dark, ChartImage.Scheme.DARK);
      out.println(light);
      out.println(dark);
    }
    return ExitCode.OK;
  }
}
