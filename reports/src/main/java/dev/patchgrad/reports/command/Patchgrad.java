package dev.patchgrad.reports.command;

import dev.patchgrad.reports.comparison.NotAlikeException;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.PlainText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The tool's entry: its subcommands, and what its exit codes mean. */
@Command(
    name = "patchgrad",
    description = "Reads recorded benchmark runs: lists, shows and compares them.",
    mixinStandardHelpOptions = true,
    versionProvider = Patchgrad.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%n",
    footer = {
      "RUN is a folder with environment.json and results.json, 'latest', the id of a recorded",
      "profile (a folder within reports/profiles), or the id of a run (within reports/runs).",
      "Of an id its beginning is enough, if no other begins so. The commands show, page and compare",
      "also take the JSON file of any JMH, or a folder with a results.json alone."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a gate failed: something is slower than allowed",
      "2:the command line cannot be run",
      "3:a run or profile was refused",
      "4:the runs were not measured alike",
      "5:a file cannot be read or written, or this program has a fault"
    },
    subcommands = {
      RunsCommand.class,
      ShowCommand.class,
      PageCommand.class,
      CompareCommand.class,
      DuelCommand.class,
      SweepCommand.class,
      TimesCommand.class,
      RecordCommand.class,
      ProfilesCommand.class,
      KernelsCommand.class,
      PeersCommand.class,
      CompletionCommand.class,
      IdsCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Patchgrad implements Runnable {
  @CommandLine.Spec private @Nullable CommandSpec spec;

  private Patchgrad() {}

  /**
   * Runs a command and ends this JVM with its exit code.
   *
   * @param arguments of the program
   */
  public static void main(String[] arguments) {
    CommandLine line = commandLine();
    // Bytes in UTF-8 whatever the locale, since a program reads them: in the locale C a letter with
    // an accent would become a question mark. And without System.out, which keeps a failure to
    // itself.
    line.setOut(writer(FileDescriptor.out));
    line.setErr(writer(FileDescriptor.err));
    System.exit(line.execute(arguments));
  }

  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }

  /** The tool, ready to be given arguments. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Patchgrad());
    line.setExecutionExceptionHandler(Patchgrad::refuse);
    line.setParameterExceptionHandler(Patchgrad::misused);
    line.setUsageHelpWidth(100);
    line.registerConverter(
        CompareCommand.Format.class, new EnumWords<>(CompareCommand.Format.class));
    line.registerConverter(DuelAnswer.Format.class, new EnumWords<>(DuelAnswer.Format.class));
    line.registerConverter(ShowCommand.Format.class, new EnumWords<>(ShowCommand.Format.class));
    line.registerConverter(
        ProfilesCommand.Format.class, new EnumWords<>(ProfilesCommand.Format.class));
    return line;
  }

  private static int refuse(Exception thrown, CommandLine line, ParseResult arguments) {
    return DuelCommand.forBisect(arguments.originalArgs(), refuse(thrown, line));
  }

  private static int refuse(Exception thrown, CommandLine line) {
    if (thrown instanceof UnknownRunException) {
      return say(line, String.valueOf(thrown.getMessage()), ExitCode.USAGE);
    }
    if (thrown instanceof BadRecordException) {
      return say(line, String.valueOf(thrown.getMessage()), ExitCode.BAD_RECORD);
    }
    if (thrown instanceof NotAlikeException notAlike) {
      String hint = notAlike.canBeForced() ? "; --force compares them anyway" : "";
      return say(line, thrown.getMessage() + hint, ExitCode.NOT_ALIKE);
    }
    if (thrown instanceof IOException failed) {
      return say(line, FileErrors.inWords(failed), ExitCode.FAILURE);
    }
    if (thrown instanceof UncheckedIOException && thrown.getCause() instanceof IOException cause) {
      return say(line, FileErrors.inWords(cause), ExitCode.FAILURE);
    }
    line.getErr().println("patchgrad: this program has a fault. Please report what follows.");
    thrown.printStackTrace(line.getErr());
    return ExitCode.FAILURE;
  }

  /** The line that shows how it is used; who wants to read on is told how. */
  private static int misused(CommandLine.ParameterException thrown, String[] arguments) {
    CommandLine line = thrown.getCommandLine();
    say(line, String.valueOf(thrown.getMessage()), ExitCode.USAGE);
    CommandLine.UnmatchedArgumentException.printSuggestions(thrown, line.getErr());
    CommandLine.Help help = line.getHelp();
    line.getErr().print("Usage: " + help.synopsis("Usage: ".length()));
    line.getErr()
        .println("Try '" + line.getCommandSpec().qualifiedName() + " --help' for what they mean.");
    return DuelCommand.forBisect(List.of(arguments), ExitCode.USAGE);
  }

  private static int say(CommandLine line, String message, int code) {
    // A file's name or value may hold what steers a terminal.
    line.getErr().println("patchgrad: " + PlainText.visible(message));
    return code;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(), "COMMAND: none given");
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Patchgrad.class.getPackage().getImplementationVersion();
      return new String[] {"patchgrad " + (version == null ? "(not from a jar)" : version)};
    }
  }
}
