/**
 * The JMH suites, and what runs in the JVM that measures: sizes, set-up, agreement checks, and the
 * check of parameters before a run.
 *
 * <p>What belongs here: benchmarks, and what they need. What does not: whatever happens around a
 * measurement ({@code launch}), and what is made of its results (the reports). This room uses the
 * core, the reports' records and the launcher's request.
 */
@NullMarked
package dev.patchgrad.bench;

import org.jspecify.annotations.NullMarked;
