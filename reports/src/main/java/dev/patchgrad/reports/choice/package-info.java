/**
 * The table of choices that core brings along: made from runs, written as text.
 *
 * <p>What belongs here: what core's chooser knows of recorded machines. What does not: the choice
 * itself. This room uses {@code run}, {@code environment}, {@code json}, {@code grid} and {@code
 * statistics} alone.
 */
@NullMarked
package dev.patchgrad.reports.choice;

import org.jspecify.annotations.NullMarked;
