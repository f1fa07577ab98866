/**
 * Runs tests in JVMs of their own, counts there what a call allocates and takes, and judges it.
 *
 * <p>What belongs here: the extension, the fork's command, its program and its records, and what C2
 * says where a call allocates. This room uses the annotations alone.
 */
@NullMarked
package dev.patchgrad.guard.fork;

import org.jspecify.annotations.NullMarked;
