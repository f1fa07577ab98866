/** Runs side by side, on made-up runs whose true ratios are known. */
@NullMarked
package dev.patchgrad.reports.comparison;

import org.jspecify.annotations.NullMarked;
