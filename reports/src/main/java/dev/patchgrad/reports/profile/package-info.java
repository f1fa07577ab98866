/**
 * Recorded machines: a profile is a run that is kept with the source, for others to rely on.
 *
 * <p>What belongs here: what a run must fulfil to be a profile, what is removed from it before it
 * is published, the folder that holds them all, and what documents show of them. This room uses
 * {@code run}, {@code grid}, {@code environment}, {@code statistics}, {@code json}, and of {@code
 * summary} how numbers and tables are written.
 */
@NullMarked
package dev.patchgrad.reports.profile;

import org.jspecify.annotations.NullMarked;
