package dev.patchgrad.kernel;

import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.util.List;

/**
 * The gradients at the four sign flips of a start, (v, a), (v, -a), (-v, a) and (-v, -a), in one
 * pass over the patches (Du et al. 2018, section 2: all four are tried).
 *
 * <p>Each is what {@link GradientKernel} defines. A kernel owns scratch space that it reuses, so it
 * belongs to one thread at a time.
 */
public interface SignFlipsKernel {
  /** The number of flips, and their order: (v, a), (v, -a), (-v, a), (-v, -a). */
  int FLIPS = 4;

  /**
   * The name that options and reports know it by.
   *
   * @return the name
   */
  String name();

  /**
   * The precision of the batches that it takes and of its lanes.
   *
   * @return the precision
   */
  Precision precision();

  /**
   * The layout of the batches that it takes.
   *
   * @return the layout
   */
  Layout layout();

  /**
   * What this JVM made of it: lanes, species.
   *
   * @return a line for a log
   */
  String resolved();

  /**
   * Computes loss and gradient at each flip of a student's parameters.
   *
   * @param batch in this kernel's precision and layout
   * @param student (v, a), of the batch's k and p
   * @param out {@link #FLIPS} objects, no object twice; written: loss, the derivative in the flip's
   *     own v [p] (w where the student is plain) and a [k]
   * @throws IllegalArgumentException if precision, layout, sizes or the number of outputs do not
   *     match, a parameter is not finite, v = 0 under weight normalisation, or an output is there
   *     twice; every output is then unchanged
   * @throws IllegalStateException if another call of this kernel is under way; that one goes on
   *     undisturbed
   */
  void evaluate(PatchBatch batch, Student student, List<Gradient> out);
}
