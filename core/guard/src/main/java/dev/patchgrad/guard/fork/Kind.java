package dev.patchgrad.guard.fork;

/** What a fork counts. */
enum Kind {
  /** Bytes that a call allocates. */
  ALLOCATION,
  /** Nanoseconds that a call takes. */
  TIME
}
