/**
 * Data and studies that many machines share, by Apache Spark.
 *
 * <p>What belongs here: where samples lie in a cluster, how sums over them come together, and how
 * starts are shared out. What does not: how a gradient is computed, and how a descent moves. This
 * room uses {@code network}, {@code kernel}, {@code choice}, {@code data} and {@code descent} of
 * the library, and Spark's core.
 */
@NullMarked
package dev.patchgrad.spark;

import org.jspecify.annotations.NullMarked;
