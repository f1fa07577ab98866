/** Tests. */
@NullMarked
package dev.patchgrad.reports.run;

import org.jspecify.annotations.NullMarked;
