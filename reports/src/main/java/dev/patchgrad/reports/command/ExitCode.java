package dev.patchgrad.reports.command;

/** What the tool's exit codes mean to a script. */
final class ExitCode {
  /** The command succeeded. */
  static final int OK = 0;

  /** A gate failed: something is slower than the user allows. */
  static final int SLOWER = 1;

  /** A command line that cannot be run. */
  static final int USAGE = 2;

  /** A run or profile that is refused. */
  static final int BAD_RECORD = 3;

  /** Runs that were not measured alike. */
  static final int NOT_ALIKE = 4;

  /** A file that cannot be read or written, or a fault of this program. */
  static final int FAILURE = 5;

  /** For git bisect run: this commit cannot be judged. */
  static final int SKIP = 125;

  /** For git bisect run: no commit can be judged this way. */
  static final int ABORT = 128;

  private ExitCode() {}
}
