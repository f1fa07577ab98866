package dev.patchgrad.descent;

import dev.patchgrad.network.Student;
import java.util.Optional;

/**
 * What a run of gradient descent came to.
 *
 * @param student as it was left; loss and gradient are those at its parameters, but for a run that
 *     diverged, or was cancelled in the middle of a pass over a data set, where they are the last
 *     that were computed, NaN if none was
 * @param loss there; under mini-batches, of the last one
 * @param gradientNorm Euclidean, over v and a
 * @param iterations steps done
 * @param ending why it ended
 * @param basin where it goes from here, see {@link Basin}; undecided where the teacher is not known
 * @param stepSize eta
 * @param warning that the step size is too large to converge with
 */
public record DescentResult(
    Student student,
    double loss,
    double gradientNorm,
    int iterations,
    Ending ending,
    Basin basin,
    double stepSize,
    Optional<StepSizeWarning> warning) {}
