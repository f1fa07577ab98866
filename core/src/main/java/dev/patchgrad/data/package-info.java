/**
 * Batches and data sets from files.
 *
 * <p>What belongs here: reading the formats that patches come in, and refusing what is damaged or
 * means something else. This room uses {@code network} alone.
 */
@NullMarked
package dev.patchgrad.data;

import org.jspecify.annotations.NullMarked;
