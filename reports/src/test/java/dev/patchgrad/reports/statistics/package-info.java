/** Tests. */
@NullMarked
package dev.patchgrad.reports.statistics;

import org.jspecify.annotations.NullMarked;
