/**
 * A run as text for the console, and how numbers and tables are written as text.
 *
 * <p>What belongs here: words and columns. This room uses {@code grid}, {@code run}, {@code
 * environment} and {@code statistics}.
 */
@NullMarked
package dev.patchgrad.reports.summary;

import org.jspecify.annotations.NullMarked;
