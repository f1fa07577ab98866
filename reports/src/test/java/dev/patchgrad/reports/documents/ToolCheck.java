package dev.patchgrad.reports.documents;

import dev.patchgrad.reports.command.ToolModel;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** This project's own tool: its command line is parsed, and not run. */
final class ToolCheck implements CommandCheck {
  ToolCheck() {}

  @Override
  public List<String> wrong(List<String> arguments) {
    try {
      ToolModel.commandLine().parseArgs(arguments.toArray(String[]::new));
      return List.of();
    } catch (ParameterException e) {
      return List.of("patchgrad " + String.join(" ", arguments) + ": " + e.getMessage());
    }
  }

  /** The names of all options of all subcommands. */
  static Set<String> options() {
    CommandLine tool = ToolModel.commandLine();
    return Stream.concat(Stream.of(tool), tool.getSubcommands().values().stream())
        .map(CommandLine::getCommandSpec)
        .map(CommandSpec::optionsMap)
        .flatMap(options -> options.keySet().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
