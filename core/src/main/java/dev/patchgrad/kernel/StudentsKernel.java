package dev.patchgrad.kernel;

import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradients of R students over one batch, in one pass over its patches.
 *
 * <p>Each is what {@link GradientKernel} defines. Students may differ in their parametrisation. A
 * kernel owns scratch space that it reuses, so it belongs to one thread at a time. R may differ
 * from call to call: once the largest R of a shape was seen, nothing is allocated for it.
 */
public interface StudentsKernel {
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
   * @return a line for a log, such as {@code 8 lanes of 64 bits}
   */
  String resolved();

  /**
   * Computes loss and gradient at the parameters of each student.
   *
   * @param batch in this kernel's precision and layout
   * @param students at least one, each of the batch's k and p
   * @param out as many, no object twice; written: loss, dv [p] (dw where the student is plain), da
   *     [k] of the student of the same index
   * @throws IllegalArgumentException if precision, layout, sizes or the lists' lengths do not
   *     match, a parameter is not finite, v = 0 under weight normalisation, or an output is there
   *     twice; the message names the index, and every output is then unchanged
   * @throws IllegalStateException if another call of this kernel is under way; that one goes on
   *     undisturbed
   */
  void evaluate(PatchBatch batch, List<Student> students, List<Gradient> out);

  /**
   * The sums over a batch that the gradients are made of, before they are divided by n, as {@link
   * GradientKernel#sums} defines them.
   *
   * @param batch in this kernel's precision and layout
   * @param students at least one, each of the batch's k and p
   * @return the sums of the student of the same index
   * @throws IllegalArgumentException as {@link #evaluate} throws it
   * @throws IllegalStateException if another call of this kernel is under way
   */
  default List<GradientSums> sums(PatchBatch batch, List<Student> students) {
    List<Student> inFilter = new ArrayList<>();
    for (int r = 0; r < students.size(); r++) {
      try {
        inFilter.add(GradientSums.inFilter(students.get(r)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("students[" + r + "]: " + e.getMessage(), e);
      }
    }
    List<Gradient> out = inFilter.stream().map(Gradient::of).toList();
    evaluate(batch, inFilter, out);
    return out.stream().map(gradient -> GradientSums.of(gradient, batch.n())).toList();
  }
}
