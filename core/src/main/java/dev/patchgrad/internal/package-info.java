/**
 * What several rooms share and no user needs: the module exports every other package, and this one
 * not.
 *
 * <p>What belongs here: the refusals and the small arithmetic that other rooms share, and what this
 * JVM has beside {@code java.base}. This room uses no other room.
 */
@NullMarked
package dev.patchgrad.internal;

import org.jspecify.annotations.NullMarked;
