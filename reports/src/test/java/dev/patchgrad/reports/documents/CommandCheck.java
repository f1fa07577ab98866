package dev.patchgrad.reports.documents;

import java.util.List;

/** Says whether one program would understand a command line. */
interface CommandCheck {
  /**
   * What it would not understand.
   *
   * @param arguments after the program's name
   * @return a message for each; empty if it understands all
   */
  List<String> wrong(List<String> arguments);
}
