/**
 * The JMH suites: what is measured, over which parameters, and what one operation of each does.
 *
 * <p>What belongs here: classes with benchmark methods, and their list. What does not: how a cell's
 * batch is made and its parameters are read ({@code problem}), and what runs beside a measurement
 * ({@code fork}, {@code launch}). This room uses {@code problem}, {@code roof}, {@code peer}, the
 * core, the launcher's requests and flags, and the names that the reports know suites by.
 */
@NullMarked
package dev.patchgrad.bench.suite;

import org.jspecify.annotations.NullMarked;
