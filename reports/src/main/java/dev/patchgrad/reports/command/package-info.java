/**
 * The command-line tool: arguments in, text and an exit code out.
 *
 * <p>What belongs here: one class a subcommand, which reads arguments, calls another room and
 * prints what it got. Nothing is computed here. This room may use all others of {@code reports},
 * and picocli; nothing uses it.
 */
@NullMarked
package dev.patchgrad.reports.command;

import org.jspecify.annotations.NullMarked;
