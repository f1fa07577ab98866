/**
 * What the machine allows at most: loops of fused multiply-adds and of reads, and their sizes.
 *
 * <p>What belongs here: loops that no gradient beats, tuned for nothing else. What does not: a
 * gradient. This room uses {@code problem} for parameters and sizes of memory, and of the core the
 * nouns of {@code network}.
 */
@NullMarked
package dev.patchgrad.bench.roof;

import org.jspecify.annotations.NullMarked;
