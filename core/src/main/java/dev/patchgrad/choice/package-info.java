/**
 * Which kernel to use: what machine this is, the table of recorded machines, the chooser and its
 * explanation.
 *
 * <p>What belongs here: what decides between kernels, and what uses the decision. What does not:
 * how a kernel computes, and how the table's machines were measured. This room uses {@code
 * network}, {@code kernel} and {@code internal}.
 */
@NullMarked
package dev.patchgrad.choice;

import org.jspecify.annotations.NullMarked;
