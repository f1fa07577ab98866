package dev.patchgrad.reports.command;

import picocli.CommandLine;

/** What the tool understands, for tests of other rooms. */
public final class ToolModel {
  private ToolModel() {}

  /**
   * The tool's command line: to be asked what it knows, not to be run.
   *
   * @return a new one
   */
  public static CommandLine commandLine() {
    return Patchgrad.commandLine();
  }
}
