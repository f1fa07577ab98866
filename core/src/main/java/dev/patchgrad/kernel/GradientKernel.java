package dev.patchgrad.kernel;

import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;

/**
 * One way to compute the empirical loss and its gradient (Du et al. 2018, section 2):
 *
 * <pre>
 * L = 1/(2n) sum_i r_i^2,   r_i = f(Z_i) - y_i,   f(Z_i) = sum_j a_j relu(w^T Z_ij)
 * dL/da_j = 1/n sum_i r_i relu(w^T Z_ij)
 * dL/dw   = 1/n sum_i r_i sum_j a_j 1[w^T Z_ij &gt; 0] Z_ij
 * dL/dv   = (I - w w^T) dL/dw / |v|          where w = v / |v|
 * </pre>
 *
 * <p>Every kernel takes every n, k, p of at least 1. A kernel owns scratch space that it reuses, so
 * it belongs to one thread at a time; once it has seen a shape it allocates nothing for it.
 *
 * <p>Labels and weights may be of any size. Where squares would leave the range of the precision,
 * all is calculated again near 1, by powers of two: such a call takes several times as long, and
 * allocates. A result beyond the largest double is infinite, and one below the smallest 0.
 */
public interface GradientKernel {
  /**
   * The name that options and reports know it by.
   *
   * @return the name, such as {@code scalar}
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
   * Computes loss and gradient at a student's parameters.
   *
   * @param batch in this kernel's precision and layout
   * @param student of the batch's k and p
   * @param out written: loss, dv [p] (dw where the student is plain), da [k]
   * @throws IllegalArgumentException if precision, layout or sizes do not match, a parameter is not
   *     finite, or v = 0 under weight normalisation, or |v| is beyond the range of normal doubles;
   *     {@code out} is then unchanged. Also if patches are so large that their sums leave the
   *     precision's range, which shows once {@code out} is written
   * @throws IllegalStateException if another call of this kernel is under way; that one goes on
   *     undisturbed
   */
  void evaluate(PatchBatch batch, Student student, Gradient out);

  /**
   * The sums over a batch that the gradient is made of, before they are divided by n: for a batch
   * that is a part of more samples. Sums of parts are added, and the total gives the gradient.
   *
   * <p>They are n times the gradient in w, as {@link #evaluate} calculates it: labels of any size
   * do as they do there. Unlike it, this allocates the result.
   *
   * @param batch in this kernel's precision and layout
   * @param student of the batch's k and p
   * @return the sums, of n samples
   * @throws IllegalArgumentException as {@link #evaluate} throws it
   * @throws IllegalStateException if another call of this kernel is under way
   */
  default GradientSums sums(PatchBatch batch, Student student) {
    Gradient out = Gradient.of(student);
    evaluate(batch, GradientSums.inFilter(student), out);
    return GradientSums.of(out, batch.n());
  }
}
