/**
 * The paper's experiments: the table of successful starts, the two phases of learning, learning
 * from samples, restarts; one command that runs them all, and the page that they leave.
 *
 * <p>What belongs here: settings, runs of the core's descent, and what is shown of them; the page's
 * words are in {@code paper.md.ftl}. What does not: how anything descends (the core), or how a
 * figure is drawn (the reports). This room uses the core and the reports, and no suite.
 */
@NullMarked
package dev.patchgrad.bench.experiments;

import org.jspecify.annotations.NullMarked;
