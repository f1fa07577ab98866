package dev.patchgrad.reports.environment;

/** Whether each kernel's gradient agreed with the scalar kernel's, in every fork. */
public enum Agreement {
  /** Not known: the run has not ended, or broke off. */
  PENDING,
  /** Every fork of every cell agreed. */
  PASSED
}
