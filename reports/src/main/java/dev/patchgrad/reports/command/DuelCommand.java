package dev.patchgrad.reports.command;

import dev.patchgrad.reports.duel.Bout;
import dev.patchgrad.reports.duel.DuelData;
import dev.patchgrad.reports.duel.DuelException;
import dev.patchgrad.reports.duel.DuelResult;
import dev.patchgrad.reports.duel.DuelText;
import dev.patchgrad.reports.duel.DuelWords;
import dev.patchgrad.reports.duel.GitBuilds;
import dev.patchgrad.reports.duel.Guard;
import dev.patchgrad.reports.duel.Side;
import dev.patchgrad.reports.page.DuelFolder;
import dev.patchgrad.reports.page.DuelPage;
import dev.patchgrad.reports.page.HtmlPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Lets two command lines of JMH measure in turns, and says which is faster. */
@Command(
    name = "duel",
    description = {
      "Runs two JMH command lines in turns, and says which is faster, by how much, how sure.",
      "A side is a command that starts any JMH benchmarks, such as 'java -jar benchmarks.jar Sort"
          + " -p n=1000'. Neither measures while the other does, and what disturbs the machine"
          + " disturbs both.",
      "Two commands, each in quotes, or two jars are the sides: duel old.jar new.jar. Where little"
          + " differs, give what is common with --both, or after --, and the rest with --a-… and"
          + " --b-….",
      "With --git both sides are commits: each is checked out beside your files, built there with"
          + " --build, and removed at the end."
    },
    mixinStandardHelpOptions = true)
final class DuelCommand extends Subcommand {
  private static final String BISECT = "--bisect";

  @Mixin private Workspace workspace = new Workspace();

  @Option(
      names = "--both",
      paramLabel = "COMMAND",
      description = "The command of both sides, where only a part of it differs.")
  private Optional<String> both = Optional.empty();

  @Parameters(
      arity = "0..*",
      paramLabel = "WORD",
      description = "The two sides; or after -- the words of the command of both.")
  private List<String> words = List.of();

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
      names = "--git",
      paramLabel = "A..B",
      description = "Two commits of this folder's repository, such as v1.0..HEAD.")
  private Optional<String> git = Optional.empty();

  @Option(
      names = "--build",
      paramLabel = "COMMAND",
      description =
          "Builds a commit of --git, in the root of its checkout, such as 'mvn -q package'. The"
              + " sides' commands start there too.")
  private Optional<String> build = Optional.empty();

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

  @Mixin private DuelLimits limits = new DuelLimits();

  @Option(
      names = "--fail-on-slower",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description = "End with exit code 1 if a benchmark of B is shown to be slower by more.")
  private Optional<Double> failOnSlower = Optional.empty();

  @Option(
      names = BISECT,
      description = {
        "Exit codes for git bisect run: 0 if no benchmark of B is slower, 1 if one is shown to be"
            + " (by more than --fail-on-slower, or else --within), 125 if that cannot be told,"
            + " built or measured, 128 if the command line is wrong."
      })
  private boolean bisect;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default. The page of a duel is"
              + " written beside its forks in any case.",
      defaultValue = "console")
  private DuelAnswer.Format format = DuelAnswer.Format.CONSOLE;

  @Mixin private Output output = new Output();

  DuelCommand() {}

  /**
   * The exit code of a command that failed before anything could be judged: git bisect would take
   * one below 126 for a bad commit, and goes on with the next.
   */
  static int forBisect(List<String> arguments, int code) {
    return arguments.contains(BISECT) ? ExitCode.ABORT : code;
  }

  @Override
  int execute(PrintWriter out) throws IOException {
    PrintWriter err = commandLine().getErr();
    try (Guard guard = Guard.ofThisProgram()) {
      takeSidesFromWords();
      List<String> lineOfA = words("--a", a, javaOfA, optionsOfA);
      List<String> lineOfB = words("--b", b, javaOfB, optionsOfB);
      Bout.Rules rules = rules();
      if (git.isPresent() != build.isPresent()) {
        throw new ParameterException(
            commandLine(), "--git, --build: one without the other; give both, or none");
      }
      if (git.isEmpty()) {
        return fight(new Side(lineOfA), new Side(lineOfB), rules, guard, out);
      }
      try (GitBuilds builds =
          GitBuilds.of(
              GitBuilds.Range.parse(git.get()), build.orElseThrow(), Path.of(""), guard, err)) {
        return fight(
            new Side(lineOfA, builds.a()), new Side(lineOfB, builds.b()), rules, guard, out);
      }
    } catch (DuelException e) {
      err.println("patchgrad: " + e.getMessage());
      return bisect ? ExitCode.SKIP : ExitCode.USAGE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return bisect ? ExitCode.ABORT : ExitCode.FAILURE;
    }
  }

  private int fight(Side sideA, Side sideB, Bout.Rules rules, Guard guard, PrintWriter out)
      throws DuelException, IOException, InterruptedException {
    PrintWriter err = commandLine().getErr();
    DuelFolder folder = DuelFolder.within(workspace.runs());
    DuelResult result = new Bout(err, guard).fight(sideA, sideB, rules, folder.forks());
    boolean kept = folder.finish(result, sideA, sideB);
    new DuelAnswer(output, out, err).write(format, () -> text(result, sideA, sideB), folder, kept);
    return code(result);
  }

  private String text(DuelResult result, Side sideA, Side sideB) {
    return switch (format) {
      case CONSOLE -> DuelText.console(result, output.look());
      case MARKDOWN -> DuelText.markdown(result);
      case CSV -> DuelData.csv(result);
      case JSON -> DuelData.json(result, sideA.words(), sideB.words());
      case PAGE -> HtmlPage.render(DuelPage.of(result, sideA, sideB));
    };
  }

  private int code(DuelResult result) {
    if (bisect) {
      double allowed = failOnSlower.orElse(within);
      return result.isSlowerBy(allowed)
          ? ExitCode.SLOWER
          : result.isNowhereSlowerBy(allowed) ? ExitCode.OK : ExitCode.SKIP;
    }
    if (!result.failures().isEmpty()) {
      return ExitCode.FAILURE;
    }
    return failOnSlower.isPresent() && result.isSlowerBy(failOnSlower.get())
        ? ExitCode.SLOWER
        : ExitCode.OK;
  }

  /** Two words that are a whole command each are the sides. */
  private void takeSidesFromWords() {
    boolean areCommands = words.stream().allMatch(DuelCommand::isCommand);
    if (words.size() == 2 && areCommands && a.isEmpty() && b.isEmpty() && both.isEmpty()) {
      a = Optional.of(words.get(0));
      b = Optional.of(words.get(1));
      words = List.of();
    }
  }

  private static boolean isCommand(String word) {
    return word.endsWith(".jar") || word.strip().contains(" ");
  }

  private List<String> words(
      String option, Optional<String> own, Optional<String> java, Optional<String> options)
      throws DuelException {
    if (both.isPresent() && !words.isEmpty()) {
      throw new ParameterException(
          commandLine(), "--both: given beside the words after --; expected one of them");
    }
    if (own.isEmpty() && both.isEmpty() && !words.isEmpty()) {
      return DuelWords.of(words, java, options);
    }
    String line =
        own.or(() -> both)
            .orElseThrow(
                () ->
                    new ParameterException(
                        commandLine(),
                        option
                            + ": missing; expected "
                            + option
                            + " COMMAND, --both COMMAND, or -- COMMAND at the end"));
    return DuelWords.of(line, java, options);
  }

  private Bout.Rules rules() {
    return new Bout.Rules(
        within,
        bisect ? Optional.of(failOnSlower.orElse(within)) : failOnSlower,
        limits.time(minutes, commandLine()),
        limits.mostForks(),
        floor,
        ownIterations,
        limits.patience());
  }
}
