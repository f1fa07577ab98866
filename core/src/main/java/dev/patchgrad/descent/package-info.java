/**
 * Gradient descent and where it leads.
 *
 * <p>What belongs here: how parameters move, when a run ends, and how it ended. What does not: how
 * a gradient is computed. This room uses {@code network}, {@code kernel}, {@code population},
 * {@code choice} and {@code internal}.
 */
@NullMarked
package dev.patchgrad.descent;

import org.jspecify.annotations.NullMarked;
