package dev.patchgrad.bench.experiments;

import dev.patchgrad.bench.launch.RunsRoot;
import dev.patchgrad.reports.page.Page;
import dev.patchgrad.reports.run.ProjectFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that runs the paper's experiments and leaves their page. */
@Command(
    name = "experiments",
    description = "Runs the paper's experiments, and leaves their data and a page.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:an experiment or a file failed", "2:the settings were refused"})
public final class PaperCommand implements Callable<Integer> {
  @Spec private @org.jspecify.annotations.Nullable CommandSpec spec;

  @Option(names = "--seed", description = "Of all random numbers.")
  private long seed = 1;

  @Option(names = "--threads", description = "That share the work; the data do not depend on it.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--starts", description = "Random starts of each cell of table 1.")
  private int starts = PaperSettings.STARTS;

  @Option(names = "--squares", description = "|a*|^2 of table 1 and of the restarts.")
  private double squares = PaperSettings.SQUARES;

  @Option(names = "--step-size", description = "Of table 1 and of the restarts.")
  private double stepSize = PaperSettings.STEP_SIZE;

  @Option(names = "--runs", description = "Folder of runs. Default: reports/runs of the project.")
  private Optional<Path> runs = Optional.empty();

  @Option(names = "--keep", description = "Also writes the Markdown and pictures to reports/paper.")
  private boolean keep;

  private PaperCommand() {}

  /**
   * Runs the command and ends this JVM with its exit code.
   *
   * @param arguments of the program
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command, ready to be given arguments. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new PaperCommand());
    line.setExecutionExceptionHandler(
        (thrown, command, parsed) -> {
          if (thrown instanceof IOException) {
            command.getErr().println("experiments: " + thrown);
          } else {
            thrown.printStackTrace(command.getErr());
          }
          return 1;
        });
    return line;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
    Instant time = Instant.now();
    PaperSettings settings;
    try {
      Require.positive("threads", threads);
      settings = PaperSettings.of(seed, starts, squares, stepSize);
    } catch (IllegalArgumentException e) {
      spec.commandLine().getErr().println("experiments: " + e.getMessage());
      return 2;
    }
    Path here = Path.of("").toAbsolutePath();
    Path root = RunsRoot.of(runs.map(Path::toString), here);
    try (StudyThreads studyThreads = new StudyThreads(threads)) {
      PaperResults results = PaperResults.run(settings, studyThreads, reporter(out));
      Page page = PaperPage.of(results, time);
      Path folder = PaperFolder.write(root, results, page, time);
      out.println("page: " + folder.resolve("index.html"));
      if (keep) {
        Path kept = ProjectFolder.around(here).resolve("reports").resolve("paper");
        PaperFolder.keep(kept, page);
        out.println("kept: " + kept.resolve("README.md"));
      }
      out.flush();
    }
    return 0;
  }

  private static PaperResults.Reporter reporter(PrintWriter out) {
    return new PaperResults.Reporter() {
      private int quarter;

      @Override
      public Progress begins(String experiment) {
        quarter = 0;
        say(experiment + " …");
        return (done, all) -> {
          int now = 4 * done / all;
          if (now > quarter && now < 4) {
            quarter = now;
            say("  " + 25 * now + " %");
          }
        };
      }

      @Override
      public void ended(String experiment, double seconds) {
        say(String.format(Locale.ROOT, "%s: done in %.2f s", experiment, seconds));
      }

      private void say(String line) {
        out.println(line);
        out.flush();
      }
    };
  }
}
