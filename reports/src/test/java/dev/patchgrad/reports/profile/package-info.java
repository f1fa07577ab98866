/** What a profile must fulfil, and how each that does not is refused. */
@NullMarked
package dev.patchgrad.reports.profile;

import org.jspecify.annotations.NullMarked;
