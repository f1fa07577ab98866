/**
 * The table of measured times that core brings along, and the regret of what core then chooses.
 *
 * <p>What belongs here: what core's chooser knows of recorded machines, and how far its choice is
 * from the best. What does not: the choice itself. This room uses {@code profile}, {@code grid},
 * {@code run}, {@code environment}, {@code statistics} and {@code json} alone.
 */
@NullMarked
package dev.patchgrad.reports.choice;

import org.jspecify.annotations.NullMarked;
