/**
 * Where a run was measured: hardware, operating system, the forks' JVM, state of the machine and of
 * the source, and the work that one operation of each cell does.
 *
 * <p>What belongs here: facts about a run that JMH's own file does not hold. This room uses {@code
 * json} alone.
 */
@NullMarked
package dev.patchgrad.reports.environment;

import org.jspecify.annotations.NullMarked;
