/** Tests of the pages. */
@NullMarked
package dev.patchgrad.reports.page;

import org.jspecify.annotations.NullMarked;
