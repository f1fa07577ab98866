/**
 * How a record is written to JSON and read back, and how a bad one is refused.
 *
 * <p>What belongs here: the one mapper and the one refusal. This room uses no other.
 */
@NullMarked
package dev.patchgrad.reports.json;

import org.jspecify.annotations.NullMarked;
