package org.openjdk.jmh;

import dev.patchgrad.bench.launch.Launcher;

/**
 * Stands in for JMH's own main class of this name, and hands over to this project's launcher.
 *
 * <p>The Maven plugin behind {@code mvn -pl bench jmh:benchmark} starts the class of this name and
 * no other. This module's classes come before JMH's on its class path, so the launcher gets the
 * run, and with it the choice of the JDK, the record of the run and its summary. The executable jar
 * names the launcher in its manifest and does not hold this class.
 */
public final class Main {
  private Main() {}

  /**
   * Starts the launcher.
   *
   * @param arguments JMH's, as the plugin gives them
   */
  public static void main(String[] arguments) {
    Launcher.main(arguments);
  }
}
