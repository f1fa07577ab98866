/**
 * Programs that run in the JVM that measures, beside JMH's own: the checks before a run, what the
 * JVM is, and the measurement of the regret.
 *
 * <p>What belongs here: main classes that the launcher starts with the forks' flags. What does not:
 * a benchmark, which JMH starts itself. This room uses {@code suite}, {@code problem}, the core,
 * the launcher's requests, and the reports' records; nothing uses it.
 */
@NullMarked
package dev.patchgrad.bench.fork;

import org.jspecify.annotations.NullMarked;
