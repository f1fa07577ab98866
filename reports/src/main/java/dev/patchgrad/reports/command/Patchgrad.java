package dev.patchgrad.reports.command;

import dev.patchgrad.reports.comparison.NotAlikeException;
import dev.patchgrad.reports.json.BadRecordException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
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
      "profile (a folder within reports/profiles), or the id of a run (within reports/runs)."
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
      TimesCommand.class,
      RecordCommand.class,
      ProfilesCommand.class,
      KernelsCommand.class,
      GenerateCompletion.class,
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
    System.exit(commandLine().execute(arguments));
  }

  /** The tool, ready to be given arguments. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Patchgrad());
    line.setExecutionExceptionHandler(Patchgrad::refuse);
    line.setUsageHelpWidth(100);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  private static int refuse(Exception thrown, CommandLine line, ParseResult arguments) {
    if (thrown instanceof UnknownRunException) {
      return say(line, String.valueOf(thrown.getMessage()), ExitCode.USAGE);
    }
    if (thrown instanceof BadRecordException) {
      return say(line, String.valueOf(thrown.getMessage()), ExitCode.BAD_RECORD);
    }
    if (thrown instanceof NotAlikeException) {
      boolean forced = line.getParseResult().hasMatchedOption("--force");
      String hint = forced ? "" : "; --force compares them anyway";
      return say(line, thrown.getMessage() + hint, ExitCode.NOT_ALIKE);
    }
    if (thrown instanceof IOException || thrown instanceof UncheckedIOException) {
      return say(line, thrown.toString(), ExitCode.FAILURE);
    }
    thrown.printStackTrace(line.getErr());
    return ExitCode.FAILURE;
  }

  private static int say(CommandLine line, String message, int code) {
    line.getErr().println("patchgrad: " + message);
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
