/** Tests. */
@NullMarked
package dev.patchgrad.reports.environment;

import org.jspecify.annotations.NullMarked;
