package dev.patchgrad.descent;

/** Which critical point population gradient descent goes to from where it is. */
public enum Basin {
  /** It goes to the teacher. */
  GLOBAL,
  /** It goes to the spurious point, phi = pi. */
  SPURIOUS,
  /** Nothing is proved yet: more steps decide. */
  UNDECIDED,
  /** A number is no longer finite: the step is too long. */
  DIVERGED
}
