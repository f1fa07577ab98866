package dev.patchgrad.descent;

import dev.patchgrad.kernel.GradientSums;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.util.List;

/**
 * Labelled samples that lie wherever an engine keeps them, in one process or many: what {@link
 * Objective#summed} needs of them.
 *
 * <p>An implementation adds up the sums that kernels give over parts of the samples, such as by
 * {@link dev.patchgrad.kernel.BlockSums}. It need not be safe for several threads: then neither is
 * the objective.
 */
public interface SummedSamples {
  /**
   * The number of patches of a sample.
   *
   * @return k
   */
  int k();

  /**
   * The dimension of a patch.
   *
   * @return p
   */
  int p();

  /**
   * The precision of the kernels that read the samples.
   *
   * @return the precision
   */
  Precision precision();

  /**
   * The loss of a student with a = 0: 1/(2n) of the sum of the labels' squares.
   *
   * @return the loss, at least 0
   */
  double lossAtZero();

  /**
   * Sums over all samples. Labels of a very large or small size are asked for in another unit, so
   * that no square leaves the range of the precision: the students' weights a are in it already.
   *
   * @param students at least one, each of this k and p, checked
   * @param labelFactor what every label is to be multiplied by: a power of two, 1 for labels of a
   *     usual size, and the same in every call
   * @return the sums of the student of the same index
   */
  List<GradientSums> sums(List<Student> students, double labelFactor);
}
