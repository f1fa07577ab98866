package dev.patchgrad.reports.command;

import dev.patchgrad.reports.duel.Bout;
import dev.patchgrad.reports.duel.DuelData;
import dev.patchgrad.reports.duel.DuelException;
import dev.patchgrad.reports.duel.DuelResult;
import dev.patchgrad.reports.duel.DuelWords;
import dev.patchgrad.reports.duel.Guard;
import dev.patchgrad.reports.duel.InstalledJdks;
import dev.patchgrad.reports.duel.Side;
import dev.patchgrad.reports.duel.SweepText;
import dev.patchgrad.reports.page.DuelFolder;
import dev.patchgrad.reports.page.DuelPage;
import dev.patchgrad.reports.page.HtmlPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Lets JDKs and sets of flags meet one baseline in turns, and says which is slower for what. */
@Command(
    name = "sweep",
    description = {
      "Measures benchmarks with several JDKs and sets of flags, and says which is slower for which"
          + " kernel, by how much, how sure.",
      "The first JDK without flags is the baseline. In each round every other meets it: one fork of"
          + " each, in turns, as in a duel. What is decided is not measured on.",
      "Without a command the kernels of this project are measured, from bench/target/benchmarks.jar."
    },
    mixinStandardHelpOptions = true)
final class SweepCommand extends Subcommand {
  private static final Path JAR = Path.of("bench", "target", "benchmarks.jar");

  /** Small enough for several JVMs in one sitting: three kernels in six cells. */
  private static final List<String> KERNELS =
      List.of(
          "GradientBenchmark",
          "-p",
          "k=16",
          "-p",
          "level=L2",
          "-p",
          "kernel=vector,single-touch,interleaved");

  @Mixin private Workspace workspace = new Workspace();

  @Option(
      names = "--java",
      paramLabel = "PATH",
      description = "The java command of a JDK; the first is the baseline. May be given often.")
  private List<Path> javas = new ArrayList<>();

  @Option(
      names = "--found",
      description = "Every JDK of the usual folders that can run the kernels, the oldest first.")
  private boolean found;

  @Option(
      names = "--flags",
      paramLabel = "FLAGS",
      description =
          "Flags of a JVM, such as '-XX:+UseCompactObjectHeaders', together with each JDK. May be"
              + " given often.")
  private List<String> flags = new ArrayList<>();

  @Parameters(
      arity = "0..*",
      paramLabel = "WORD",
      description = "After --: the command that starts the benchmarks, as in a duel.")
  private List<String> words = List.of();

  @Option(
      names = "--within",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description =
          "Call two JVMs the same if the whole interval of their ratio is within this of 1;"
              + " ${DEFAULT-VALUE} by default.",
      defaultValue = "3%")
  private double within;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description =
          "Begin no pair of forks after this time, but for rows that have none; ${DEFAULT-VALUE} by"
              + " default.",
      defaultValue = "30")
  private double minutes;

  @Mixin private DuelLimits limits = new DuelLimits();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.",
      defaultValue = "console")
  private DuelAnswer.Format format = DuelAnswer.Format.CONSOLE;

  @Mixin private Output output = new Output();

  SweepCommand() {}

  @Override
  int execute(PrintWriter out) throws IOException {
    PrintWriter err = commandLine().getErr();
    try (Guard guard = Guard.ofThisProgram()) {
      Map<String, Side> sides = sides();
      List<String> names = List.copyOf(sides.keySet());
      Side baseline = sides.remove(names.get(0));
      if (baseline == null || sides.isEmpty()) {
        throw new ParameterException(
            commandLine(),
            "--java, --found, --flags: "
                + names.get(0)
                + " alone is left; expected a second JDK or a set of flags to compare it with");
      }
      Bout.Rules rules = rules();
      err.println(
          "baseline: " + names.get(0) + "; against it: " + String.join("; ", sides.keySet()));
      DuelFolder folder = DuelFolder.within(workspace.runs());
      DuelResult result = new Bout(err, guard).sweep(baseline, sides, rules, folder.forks());
      boolean kept = folder.finish(result, baseline, sides);
      new DuelAnswer(output, out, err)
          .write(format, () -> text(result, baseline, sides), folder, kept);
      return result.failures().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
    } catch (DuelException e) {
      err.println("patchgrad: " + e.getMessage());
      return ExitCode.USAGE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILURE;
    }
  }

  private String text(DuelResult result, Side baseline, Map<String, Side> others) {
    return switch (format) {
      case CONSOLE -> SweepText.console(result, output.look());
      case MARKDOWN -> SweepText.markdown(result);
      case CSV -> DuelData.csv(result);
      case JSON -> SweepText.json(result, baseline, others);
      case PAGE -> HtmlPage.render(DuelPage.ofSweep(result, baseline, others));
    };
  }

  /** Every JDK with every set of flags, and with none; the first is the baseline. */
  private Map<String, Side> sides() throws DuelException {
    Map<String, Path> jdks = new LinkedHashMap<>();
    for (Path java : javas) {
      String name = InstalledJdks.nameOf(java);
      jdks.put(jdks.containsKey(name) ? name + " at " + java : name, java);
    }
    if (found) {
      InstalledJdks.ofThisMachine().forEach(jdks::putIfAbsent);
      if (jdks.isEmpty()) {
        throw new ParameterException(
            commandLine(), "--found: no JDK in the usual folders; name one with --java");
      }
    }
    List<String> command = command();
    Map<String, Side> sides = new LinkedHashMap<>();
    if (jdks.isEmpty()) {
      sides.put("as it is", new Side(command));
      flags.forEach(each -> sides.put(each, new Side(with(command, each))));
      return sides;
    }
    jdks.forEach(
        (name, java) -> {
          List<String> ofJava = new ArrayList<>(command);
          ofJava.set(0, java.toString());
          ofJava.addAll(List.of("-jvm", java.toString()));
          sides.put(name, new Side(ofJava));
          String prefix = jdks.size() == 1 ? "" : name + " ";
          flags.forEach(each -> sides.put(prefix + each, new Side(with(ofJava, each))));
        });
    return sides;
  }

  private static List<String> with(List<String> command, String flags) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("-jvmArgsAppend", flags));
    return all;
  }

  private List<String> command() throws DuelException {
    List<String> command = new ArrayList<>(words);
    if (command.isEmpty()) {
      Path jar = Workspace.project().resolve(JAR);
      if (!Files.isRegularFile(jar)) {
        throw new ParameterException(
            commandLine(),
            jar
                + ": no such file; build it with 'mvn -pl bench -am package -DskipTests', or give a"
                + " command after --");
      }
      command.add(jar.toString());
      command.addAll(KERNELS);
    }
    return DuelWords.of(command, Optional.empty(), Optional.empty());
  }

  private Bout.Rules rules() {
    return new Bout.Rules(
        within,
        Optional.empty(),
        limits.time(minutes, commandLine()),
        limits.mostForks(),
        false,
        false,
        limits.patience());
  }
}
