/**
 * What a cell is on this machine: its parameters read and checked, its batch, its students, and the
 * check that a gradient is right before it is timed.
 *
 * <p>What belongs here: what several suites set up alike. What does not: a benchmark method, and a
 * limit of the machine ({@code roof}). This room uses the core, the launcher's flags, and of the
 * reports how a record names a batch.
 */
@NullMarked
package dev.patchgrad.bench.problem;

import org.jspecify.annotations.NullMarked;
