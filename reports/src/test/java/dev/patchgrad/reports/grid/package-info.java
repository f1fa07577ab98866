/** Tests. */
@NullMarked
package dev.patchgrad.reports.grid;

import org.jspecify.annotations.NullMarked;
