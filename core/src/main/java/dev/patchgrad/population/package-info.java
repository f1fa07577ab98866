/**
 * The population loss, its gradient, Hessian, critical points and per-sample variances, in closed
 * form.
 *
 * <p>What belongs here: formulas of expectations over Gaussian patches, the truth that every kernel
 * is pinned to. What does not: anything that reads a batch. This room uses {@code network} and
 * {@code internal}, and EJML for eigenvalues.
 */
@NullMarked
package dev.patchgrad.population;

import org.jspecify.annotations.NullMarked;
