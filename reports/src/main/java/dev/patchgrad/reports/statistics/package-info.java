/**
 * What can be concluded from a few forks.
 *
 * <p>A fork is the unit that repeats: iterations of one fork share its compilation and its memory
 * layout, so their spread says nothing about the next fork. A fork counts as one value, the median
 * of its iterations. What a person reads is the median over forks, which one bad fork does not
 * move. Ratios are compared as logarithms, where "twice as fast" and "half as fast" are equally
 * far, by Welch's t interval, because a noisy kernel must not lend its spread to a steady one.
 *
 * <p>What belongs here: numbers in, numbers out. This room uses no other.
 */
@NullMarked
package dev.patchgrad.reports.statistics;

import org.jspecify.annotations.NullMarked;
