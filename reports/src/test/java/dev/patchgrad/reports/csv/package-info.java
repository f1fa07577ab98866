/** Tests of the CSV writer. */
@NullMarked
package dev.patchgrad.reports.csv;

import org.jspecify.annotations.NullMarked;
