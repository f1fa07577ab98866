package dev.patchgrad.reports.command;

import dev.patchgrad.reports.duel.Bout;
import dev.patchgrad.reports.duel.DuelData;
import dev.patchgrad.reports.duel.DuelException;
import dev.patchgrad.reports.duel.DuelResult;
import dev.patchgrad.reports.duel.DuelText;
import dev.patchgrad.reports.duel.DuelWords;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Lets two command lines of JMH measure in turns, and says which is faster. */
@Command(
    name = "duel",
    description = {
      "Runs two JMH command lines in turns, and says which is faster, by how much, how sure.",
      "A side is a command that starts any JMH benchmarks, such as 'java -jar benchmarks.jar Sort"
          + " -p n=1000'. Neither measures while the other does, and what disturbs the machine"
          + " disturbs both.",
      "Where little differs, give what is common with --both and the rest with --a-… and --b-…."
    },
    mixinStandardHelpOptions = true)
final class DuelCommand extends Subcommand {
  /** How a duel is written. */
  enum Format {
    CONSOLE,
    MARKDOWN,
    CSV,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private Workspace workspace = new Workspace();

  @Option(
      names = "--both",
      paramLabel = "COMMAND",
      description = "The command of both sides, where only a part of it differs.")
  private Optional<String> both = Optional.empty();

  @Option(
      names = "--a",
      paramLabel = "COMMAND",
      description = "The command of side A, the baseline.")
  private Optional<String> a = Optional.empty();

  @Option(names = "--b", paramLabel = "COMMAND", description = "The command of side B.")
  private Optional<String> b = Optional.empty();

  @Option(
      names = "--a-java",
      paramLabel = "PATH",
      description = "The java command of side A, to compare JDKs.")
  private Optional<String> javaOfA = Optional.empty();

  @Option(names = "--b-java", paramLabel = "PATH", description = "The java command of side B.")
  private Optional<String> javaOfB = Optional.empty();

  @Option(
      names = "--a-options",
      paramLabel = "OPTIONS",
      description =
          "More options of JMH for side A, such as '-p n=1' or '-jvmArgsAppend"
              + " -XX:+UseParallelGC'.")
  private Optional<String> optionsOfA = Optional.empty();

  @Option(
      names = "--b-options",
      paramLabel = "OPTIONS",
      description = "More options of JMH for side B.")
  private Optional<String> optionsOfB = Optional.empty();

  @Option(
      names = "--within",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description =
          "Call two sides the same if the whole interval of their ratio is within this of 1;"
              + " ${DEFAULT-VALUE} by default.",
      defaultValue = "1%")
  private double within;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "Begin no pair of forks after this time; ${DEFAULT-VALUE} by default.",
      defaultValue = "10")
  private double minutes;

  @Option(
      names = "--forks",
      paramLabel = "N",
      description = "At most so many forks of each side for a benchmark; no limit by default.")
  private Optional<Integer> forks = Optional.empty();

  @Option(
      names = "--floor",
      description =
          "Let A meet itself in the same sitting, to show what the machine alone makes of a duel.")
  private boolean floor;

  @Option(
      names = "--own-iterations",
      description =
          "Keep the benchmarks' own iterations. By default a fork warms up for a second and measures"
              + " 20 iterations of 50 ms, unless a command sets -wi, -w, -i or -r.")
  private boolean ownIterations;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long one iteration may take; ${DEFAULT-VALUE} by default.",
      defaultValue = "120")
  private int timeout;

  @Option(
      names = "--fail-on-slower",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description = "End with exit code 1 if a benchmark of B is shown to be slower by more.")
  private Optional<Double> failOnSlower = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.",
      defaultValue = "console")
  private Format format = Format.CONSOLE;

  @Mixin private Output output = new Output();

  DuelCommand() {}

  @Override
  int execute(PrintWriter out) throws IOException {
    PrintWriter err = commandLine().getErr();
    try {
      List<String> lineOfA = DuelWords.of(side("--a", a), javaOfA, optionsOfA);
      List<String> lineOfB = DuelWords.of(side("--b", b), javaOfB, optionsOfB);
      Path kept = kept();
      DuelResult result = new Bout(err).fight(lineOfA, lineOfB, rules(), kept);
      String text =
          switch (format) {
            case CONSOLE -> DuelText.console(result, output.look());
            case MARKDOWN -> DuelText.markdown(result);
            case CSV -> DuelData.csv(result);
            case JSON -> DuelData.json(result, lineOfA, lineOfB);
          };
      output.write(text, out);
      if (Files.exists(kept)) {
        err.println("every fork as JMH wrote it: " + kept);
      }
      return code(result);
    } catch (DuelException e) {
      err.println("patchgrad: " + e.getMessage());
      return ExitCode.USAGE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILURE;
    }
  }

  private int code(DuelResult result) {
    if (!result.failures().isEmpty()) {
      return ExitCode.FAILURE;
    }
    return failOnSlower.isPresent() && result.isSlowerBy(failOnSlower.get())
        ? ExitCode.SLOWER
        : ExitCode.OK;
  }

  private String side(String option, Optional<String> own) {
    return own.or(() -> both)
        .orElseThrow(
            () ->
                new ParameterException(
                    commandLine(),
                    option + ": missing; expected " + option + " COMMAND, or --both COMMAND"));
  }

  private Bout.Rules rules() {
    if (!(minutes > 0) || forks.orElse(1) < 1 || timeout < 1) {
      throw new ParameterException(
          commandLine(), "--minutes, --forks, --timeout: expected numbers above 0");
    }
    return new Bout.Rules(
        within,
        Duration.ofMillis(Math.round(minutes * 60_000)),
        forks.orElse(Integer.MAX_VALUE),
        floor,
        ownIterations,
        Duration.ofSeconds(timeout));
  }

  private Path kept() throws IOException {
    Path folder = workspace.runs().resolve("duels");
    Files.createDirectories(folder);
    String time =
        LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS"));
    return folder.resolve(time + ".jsonl");
  }
}
