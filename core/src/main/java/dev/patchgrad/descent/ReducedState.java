package dev.patchgrad.descent;

import dev.patchgrad.population.FilterAngle;

/**
 * The four numbers of a student that population gradient descent depends on, whatever p and k.
 *
 * @param angle phi, between v and w*
 * @param norm r = |v|, above 0
 * @param overlap x = a^T a*
 * @param sum sigma = 1^T a
 */
public record ReducedState(FilterAngle angle, double norm, double overlap, double sum) {}
