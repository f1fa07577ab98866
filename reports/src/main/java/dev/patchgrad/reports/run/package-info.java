/**
 * A run's folder on disk: written while it is measured, read back whole or not at all.
 *
 * <p>What belongs here: the files of a run and their meaning. This room uses {@code environment}
 * and {@code json} alone.
 */
@NullMarked
package dev.patchgrad.reports.run;

import org.jspecify.annotations.NullMarked;
