/**
 * The gradient of the empirical loss, written in several ways: one interface, one file for each
 * kernel, their list.
 *
 * <p>What belongs here: a new way to compute the gradient, what it costs at least, and its place in
 * the list. What does not: which kernel to use on a machine, and what a gradient is used for. This
 * room uses {@code network} and {@code internal}; EJML is one of the ways.
 */
@NullMarked
package dev.patchgrad.kernel;

import org.jspecify.annotations.NullMarked;
