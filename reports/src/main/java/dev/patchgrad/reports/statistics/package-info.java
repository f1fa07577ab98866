/**
 * What can be concluded from a few forks.
 *
 * <p>A fork is the unit that repeats: iterations of one fork share its compilation and its memory
 * layout, so that their spread says nothing about the next fork. A fork counts as one value. A
 * report shows the median over forks, which one bad fork does not move. Ratios are compared as
 * logarithms, in which "twice as fast" and "half as fast" are equally far from 1. Their intervals
 * are Welch's, which do not lend a noisy kernel's spread to a steady one. Where two runs are
 * compared cell by cell, what all cells tell of the noise counts as some more forks of each.
 *
 * <p>What belongs here: functions of numbers alone. This room uses no other.
 */
@NullMarked
package dev.patchgrad.reports.statistics;

import org.jspecify.annotations.NullMarked;
