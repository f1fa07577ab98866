package dev.patchgrad.reports.command;

import dev.patchgrad.reports.page.RunPage;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.summary.Summary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the summary of one run. */
@Command(
    name = "show",
    description =
        "Shows a run's summary: the fastest kernel for each shape, by how much, how sure.",
    mixinStandardHelpOptions = true)
final class ShowCommand extends Subcommand {
  /** How a run is shown. */
  enum Format {
    CONSOLE,
    MARKDOWN,
    CSV;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private RunArgument run = new RunArgument();

  @Mixin private Output output = new Output();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default. The command page writes"
              + " the page with charts.",
      defaultValue = "console")
  private Format format = Format.CONSOLE;

  ShowCommand() {}

  @Override
  int execute(PrintWriter out) throws IOException {
    Run read = run.read();
    output.write(
        switch (format) {
          case CONSOLE -> Summary.console(read, output.look());
          case MARKDOWN -> RunPage.markdown(read);
          case CSV -> RunPage.numbers(read);
        },
        out);
    return ExitCode.OK;
  }
}
