/**
 * The population loss and gradient in closed form
 *
 * <p>What belongs here: the truth that every kernel is pinned to.. This room uses {@code formulas
 * of expectations over Gaussian patches:network} alone.
 */
@NullMarked
package dev.patchgrad.population;

import org.jspecify.annotations.NullMarked;
