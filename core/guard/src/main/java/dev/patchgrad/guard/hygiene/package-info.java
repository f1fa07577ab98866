/**
 * Reads byte code and finds what keeps vectors out of registers.
 *
 * <p>What belongs here: the rules, where classes are found, and the engine that runs the rules as
 * tests. This room uses the annotations alone.
 */
@NullMarked
package dev.patchgrad.guard.hygiene;

import org.jspecify.annotations.NullMarked;
