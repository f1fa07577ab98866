/**
 * How a record is written as JSON and read back, and how a bad one is refused.
 *
 * <p>What belongs here: the one mapper and the one exception. This room uses no other.
 */
@NullMarked
package dev.patchgrad.reports.json;

import org.jspecify.annotations.NullMarked;
