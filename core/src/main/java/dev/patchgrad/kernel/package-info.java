/**
 * Gradient kernels
 *
 * <p>What belongs here: one interface, and its implementations, one file each.. This room uses
 * {@code a new way to compute the gradient, its declared cost, and its place in the list:network}
 * alone.
 */
@NullMarked
package dev.patchgrad.kernel;

import org.jspecify.annotations.NullMarked;
