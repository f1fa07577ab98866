package dev.patchgrad.reports.command;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** Prints a script with which bash and zsh complete the tool's words, the ids of runs too. */
@Command(
    name = "generate-completion",
    description = {
      "Prints a script that lets bash and zsh complete commands, options, and the ids of runs:",
      "source <(patchgrad generate-completion)"
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand extends Subcommand {
  CompletionCommand() {}

  @Override
  int execute(PrintWriter out) {
    // The ids that there are when a word is completed, not when this script is made.
    out.print(
        AutoComplete.bash("patchgrad", Patchgrad.commandLine())
            .replace("(\"" + IdsCommand.PLACE + "\")", "($(patchgrad ids 2>/dev/null))"));
    return ExitCode.OK;
  }
}
