package dev.patchgrad.descent;

import java.util.Optional;

/**
 * Where a run is at one iteration.
 *
 * @param run its number among the runs that descend together, from 0
 * @param iteration steps done so far
 * @param loss there; under mini-batches, of the last one
 * @param gradientNorm Euclidean, over v and a
 * @param filterNorm |v|
 * @param weightNorm |a|
 * @param distance from the teacher, where it is known
 */
public record DescentPoint(
    int run,
    int iteration,
    double loss,
    double gradientNorm,
    double filterNorm,
    double weightNorm,
    Optional<TeacherDistance> distance) {}
