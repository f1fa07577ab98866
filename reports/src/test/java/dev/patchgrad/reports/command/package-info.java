/** The tool as a script sees it: arguments, text and exit code. */
@NullMarked
package dev.patchgrad.reports.command;

import org.jspecify.annotations.NullMarked;
