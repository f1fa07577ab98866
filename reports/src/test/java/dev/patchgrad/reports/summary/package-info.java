/** Tests. */
@NullMarked
package dev.patchgrad.reports.summary;

import org.jspecify.annotations.NullMarked;
