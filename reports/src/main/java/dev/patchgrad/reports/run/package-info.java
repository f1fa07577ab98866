/**
 * A run's folder on disk: written while the run is measured, and read back whole or not at all.
 *
 * <p>What belongs here: the files of a run and their meaning. This room uses {@code environment}
 * and {@code json} alone.
 */
@NullMarked
package dev.patchgrad.reports.run;

import org.jspecify.annotations.NullMarked;
