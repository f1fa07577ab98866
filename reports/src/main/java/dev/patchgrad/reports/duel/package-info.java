/**
 * A duel: two command lines of JMH run in turns, so that what disturbs the machine disturbs both.
 *
 * <p>What belongs here: starting the two sides, handing out turns, pairing what they measured, and
 * saying what follows from the pairs. This room may use {@code statistics}, {@code json}, {@code
 * csv}, {@code run} and {@code summary}; the profiler that travels to the forks lies apart, in
 * {@code src/main/java8}.
 */
@NullMarked
package dev.patchgrad.reports.duel;

import org.jspecify.annotations.NullMarked;
