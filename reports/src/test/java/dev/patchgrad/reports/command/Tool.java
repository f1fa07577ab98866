package dev.patchgrad.reports.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Calls the tool on a checkout of its own, and keeps what it printed. */
final class Tool {
  private final Path runs;
  private final Path profiles;
  private String out = "";
  private String err = "";

  Tool(Path folder) {
    runs = folder.resolve("runs");
    profiles = folder.resolve("profiles");
  }

  Path runs() {
    return runs;
  }

  Path profiles() {
    return profiles;
  }

  /** Calls a subcommand that takes runs; returns its exit code. */
  int call(String command, String... arguments) {
    List<String> all =
        new ArrayList<>(List.of(command, "--runs=" + runs, "--profiles=" + profiles));
    all.addAll(List.of(arguments));
    return raw(all.toArray(String[]::new));
  }

  /** Calls the tool with nothing but these arguments. */
  int raw(String... arguments) {
    StringWriter outText = new StringWriter();
    StringWriter errText = new StringWriter();
    CommandLine line = Patchgrad.commandLine();
    line.setOut(new PrintWriter(outText, true));
    line.setErr(new PrintWriter(errText, true));
    int code = line.execute(arguments);
    out = outText.toString().replace(System.lineSeparator(), "\n");
    err = errText.toString().replace(System.lineSeparator(), "\n");
    return code;
  }

  String out() {
    return out;
  }

  String err() {
    return err;
  }
}
