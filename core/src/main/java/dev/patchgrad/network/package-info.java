/**
 * The nouns of the project: batch of patches, data set, student, teacher, gradient.
 *
 * <p>What belongs here: values, their checks and their layouts in memory. What does not: how a
 * gradient is computed. This room uses {@code internal} alone; a move between layouts uses the
 * Vector API where the JVM has it, and plain loops where not.
 */
@NullMarked
package dev.patchgrad.network;

import org.jspecify.annotations.NullMarked;
