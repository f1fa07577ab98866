package dev.patchgrad.bench.launch;

import java.io.Serial;

/** Ends JMH's run from within its output: JMH has no other way to be stopped between two forks. */
final class RunStoppedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Says nothing: whoever stopped the run knows why. */
  RunStoppedException() {
    super("stopped", null, false, false);
  }
}
