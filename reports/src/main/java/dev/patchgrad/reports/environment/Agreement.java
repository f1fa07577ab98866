package dev.patchgrad.reports.environment;

/** What came of holding each kernel's gradient against the scalar kernel's, in every fork. */
public enum Agreement {
  /** The run has not ended, or broke off. */
  PENDING,
  /** Every fork of every cell agreed. */
  PASSED
}
