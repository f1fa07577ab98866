/**
 * The process that starts JMH: options, the JDK of the forks, the record of the run.
 *
 * <p>What belongs here: everything around a measurement that must not run in the JVM that measures.
 * It is compiled for Java 17, so that a machine whose default {@code java} is 17 runs it. This room
 * uses JMH and the reports; it uses nothing of core, and of bench no other room.
 */
@NullMarked
package dev.patchgrad.bench.launch;

import org.jspecify.annotations.NullMarked;
