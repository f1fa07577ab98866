/**
 * Batches and data sets from files, and to them.
 *
 * <p>What belongs here: reading and writing the formats that patches come in, and refusing what is
 * damaged or means something else. This room uses {@code network} alone.
 */
@NullMarked
package dev.patchgrad.data;

import org.jspecify.annotations.NullMarked;
