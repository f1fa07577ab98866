/**
 * Pages that a person looks at: one file for a browser, or Markdown with pictures for pasting.
 *
 * <p>What belongs here: the builder of pages and charts, its two renderings, and the pages of a run
 * and of a comparison. This room uses {@code comparison}, {@code grid}, {@code run}, {@code
 * environment}, {@code statistics}, {@code summary}, {@code choice}, {@code csv} and {@code json}.
 */
@NullMarked
package dev.patchgrad.reports.page;

import org.jspecify.annotations.NullMarked;
