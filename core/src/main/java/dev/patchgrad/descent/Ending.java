package dev.patchgrad.descent;

/** Why a run of gradient descent ended. */
public enum Ending {
  /** The rule that it was to go on until holds. */
  REACHED,
  /** The rule to give up by holds, or the most iterations were done. */
  GIVEN_UP,
  /** A number is no longer finite, or the loss rose beyond all measure. */
  DIVERGED,
  /** It was told to stop: by its own signal, by its thread's interruption, or for another run. */
  CANCELLED
}
