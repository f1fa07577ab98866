/**
 * What tests of vector code are marked with: one annotation for each guard.
 *
 * <p>What belongs here: annotations, and what a test is given. What does not: how a fork is run
 * ({@code fork}), and how byte code is read ({@code hygiene}). Neither of those two uses the other.
 */
@NullMarked
package dev.patchgrad.guard;

import org.jspecify.annotations.NullMarked;
