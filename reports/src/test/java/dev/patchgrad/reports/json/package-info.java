/** Tests. */
@NullMarked
package dev.patchgrad.reports.json;

import org.jspecify.annotations.NullMarked;
