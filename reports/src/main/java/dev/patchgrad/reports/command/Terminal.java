package dev.patchgrad.reports.command;

import dev.patchgrad.reports.summary.Look;
import java.io.Console;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** The place that the tool prints to: how wide it is, and whether it shows colours. */
final class Terminal {
  private Terminal() {}

  /**
   * How text should look there. The variables COLUMNS, NO_COLOR and CLICOLOR_FORCE are obeyed; a
   * file or a pipe gets no colours.
   */
  static Look look() {
    boolean terminal = isTerminal(System.console());
    boolean forced = !System.getenv().getOrDefault("CLICOLOR_FORCE", "0").equals("0");
    return new Look(width(System.getenv(), terminal), Ansi.AUTO.enabled() && (terminal || forced));
  }

  /** The width by the environment, by the terminal, or the usual one. */
  static int width(Map<String, String> environment, boolean terminal) {
    String columns = environment.getOrDefault("COLUMNS", "").trim();
    if (columns.matches("[1-9]\\d{0,4}")) {
      return Integer.parseInt(columns);
    }
    return terminal && !isWindows() ? ofTheTerminal() : Look.USUAL;
  }

  private static boolean isWindows() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");
  }

  /** Since Java 22 there is a console in a pipe too, which says of itself that it is none. */
  private static boolean isTerminal(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }

  private static int ofTheTerminal() {
    try {
      Process asked =
          new ProcessBuilder("sh", "-c", "stty size </dev/tty").redirectErrorStream(true).start();
      if (!asked.waitFor(1, TimeUnit.SECONDS)) {
        asked.destroyForcibly();
        return Look.USUAL;
      }
      String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      // Rows, then columns; 0 where the terminal does not know.
      String columns = said.trim().replaceFirst("^\\d+ ", "");
      return columns.matches("[1-9]\\d{0,4}") ? Integer.parseInt(columns) : Look.USUAL;
    } catch (IOException e) {
      return Look.USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Look.USUAL;
    }
  }
}
