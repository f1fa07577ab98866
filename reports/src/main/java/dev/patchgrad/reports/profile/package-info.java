/**
 * Recorded machines: a profile is a run that is kept with the source, for others to rely on.
 *
 * <p>What belongs here: what a run must fulfil to be a profile, what is taken out of it before it
 * is published, and the folder that holds them all. This room uses {@code run}, {@code grid},
 * {@code environment}, {@code statistics} and {@code json}.
 */
@NullMarked
package dev.patchgrad.reports.profile;

import org.jspecify.annotations.NullMarked;
