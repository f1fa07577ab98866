/** What holds for all rooms of reports. */
@NullMarked
package dev.patchgrad.reports;

import org.jspecify.annotations.NullMarked;
