/**
 * The gradient suite's results by precision, p, k and kernel, with the machine's limits and with
 * what to doubt.
 *
 * <p>What belongs here: what summary, page, comparison and choice have in common. This room uses
 * {@code run}, {@code environment}, {@code statistics} and {@code json} alone.
 */
@NullMarked
package dev.patchgrad.reports.grid;

import org.jspecify.annotations.NullMarked;
