/** What the project's documents must keep to: short, and true of the code beside them. */
@NullMarked
package dev.patchgrad.reports.documents;

import org.jspecify.annotations.NullMarked;
