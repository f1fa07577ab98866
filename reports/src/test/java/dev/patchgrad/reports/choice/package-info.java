/** Tests of the table of choices. */
@NullMarked
package dev.patchgrad.reports.choice;

import org.jspecify.annotations.NullMarked;
