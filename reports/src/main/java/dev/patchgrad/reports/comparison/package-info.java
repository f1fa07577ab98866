/**
 * Two runs side by side: what became faster, by how much, how certain that is, and whether they may
 * be compared at all.
 *
 * <p>An interval is over forks, which repeat within a run. It does not cover what changes between
 * two runs: the machine's temperature, its neighbours, a host that moved a virtual machine. To
 * cover that as well, repeat both runs in turn.
 *
 * <p>What belongs here: the comparison as a value, and its text in each format. This room uses
 * {@code run}, {@code grid}, {@code environment}, {@code statistics}, {@code csv}, {@code json},
 * and of {@code summary} how numbers and tables are written.
 */
@NullMarked
package dev.patchgrad.reports.comparison;

import org.jspecify.annotations.NullMarked;
