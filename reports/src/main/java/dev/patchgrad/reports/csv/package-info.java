/**
 * Tables of values as comma-separated text, for another program.
 *
 * <p>What belongs here: the one CSV writer, by the library FastCSV. This room uses no other.
 */
@NullMarked
package dev.patchgrad.reports.csv;

import org.jspecify.annotations.NullMarked;
