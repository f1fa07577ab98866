package dev.patchgrad.descent;

import dev.patchgrad.choice.KernelChooser;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.network.DataSet;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.population.ClosedForm;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The loss that a descent goes down: of the population, of a batch or a data set, or of one
 * mini-batch after the other.
 *
 * <p>The population's objective, and that of {@link #batch(PatchBatch)}, may be shared by threads.
 * The others own a kernel and, with mini-batches, a position in their data: they belong to one
 * thread at a time, for the whole of a descent. A second thread is refused with an {@link
 * IllegalStateException}, and the first goes on undisturbed.
 */
public interface Objective {
  /**
   * The number of patches of the students that it takes.
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
   * The network that gave the labels, where it is known: what distances are measured to, and basins
   * decided by.
   *
   * @return the teacher, or nothing
   */
  Optional<Teacher> teacher();

  /**
   * The loss of a student with a = 0, 1/2 E[y^2]: the scale that other losses are judged by.
   *
   * @return the loss, at least 0
   */
  double lossAtZero();

  /**
   * Computes losses and gradients of some students, all of them on the same data: the whole, or the
   * next mini-batch.
   *
   * @param students at least one, each of this k and p
   * @param out as many, no object twice; written: loss, dv [p], da [k] of the student of the same
   *     index
   * @throws IllegalArgumentException if sizes do not match, a parameter is not finite, or v = 0
   */
  void evaluate(List<Student> students, List<Gradient> out);

  /**
   * Computes losses and gradients at the four sign flips of a start, as {@link #evaluate} computes
   * those of any four students. An objective may compute once what the four have in common.
   *
   * @param start (v, a), of this k and p
   * @param out four objects, no object twice; written: loss, dv [p], da [k] of each flip, in the
   *     order of {@link Initialisation#signFlips}
   * @throws IllegalArgumentException if sizes do not match, a parameter is not finite, or v = 0
   */
  default void evaluateSignFlips(Student start, List<Gradient> out) {
    evaluate(Initialisation.signFlips(start), out);
  }

  /**
   * The population loss, in closed form (Du et al. 2018, section 3).
   *
   * @param teacher with a* != 0
   * @return the objective; evaluating allocates nothing
   * @throws IllegalArgumentException if a* = 0: nothing can be learned
   */
  static Objective population(Teacher teacher) {
    return new PopulationObjective(ClosedForm.of(teacher));
  }

  /**
   * The loss of a batch, by the kernel that is fastest on this machine for so many students at a
   * time, which {@link KernelChooser} chooses: at the first evaluation, for as many students as it
   * has. The batch is then converted, once, to the kernel's layout; its arrays must not be changed
   * while the objective is in use. The first evaluation throws IllegalArgumentException if {@value
   * KernelChooser#PROPERTY} names a kernel that there is not, or the converted batch is too long
   * for a Java array.
   *
   * @param batch in any layout
   * @return the objective; its teacher is not known
   */
  static Objective batch(PatchBatch batch) {
    return new ChosenObjective(batch);
  }

  /**
   * The loss of a batch. Several students take one pass over it each.
   *
   * @param kernel that computes the gradient
   * @param batch in the kernel's precision and layout
   * @return the objective; its teacher is not known
   * @throws IllegalArgumentException if precision or layout differ from the kernel's
   */
  static Objective batch(GradientKernel kernel, PatchBatch batch) {
    return new BatchObjective(BatchKernel.of(kernel), List.of(batch), Optional.empty());
  }

  /**
   * The loss of a batch. All students together take one pass over it.
   *
   * @param kernel that computes the gradients
   * @param batch in the kernel's precision and layout
   * @return the objective; its teacher is not known
   * @throws IllegalArgumentException if precision or layout differ from the kernel's
   */
  static Objective batch(StudentsKernel kernel, PatchBatch batch) {
    return new BatchObjective(BatchKernel.of(kernel), List.of(batch), Optional.empty());
  }

  /**
   * The loss of one mini-batch after the other: each pass over the data takes every mini-batch
   * once, in a new random order.
   *
   * @param kernel that computes the gradient
   * @param miniBatches in the kernel's precision and layout, as {@link #cut} gives them
   * @param random of the order
   * @return the objective; its teacher is not known
   * @throws IllegalArgumentException if there is no mini-batch, precision or layout differ from the
   *     kernel's, or k or p differ between mini-batches
   */
  static Objective miniBatches(
      GradientKernel kernel, List<PatchBatch> miniBatches, RandomGenerator random) {
    return new BatchObjective(BatchKernel.of(kernel), miniBatches, Optional.of(random));
  }

  /**
   * The loss of one mini-batch after the other, of all students together.
   *
   * @param kernel that computes the gradients
   * @param miniBatches in the kernel's precision and layout, as {@link #cut} gives them
   * @param random of the order
   * @return the objective; its teacher is not known
   * @throws IllegalArgumentException if there is no mini-batch, precision or layout differ from the
   *     kernel's, or k or p differ between mini-batches
   */
  static Objective miniBatches(
      StudentsKernel kernel, List<PatchBatch> miniBatches, RandomGenerator random) {
    return new BatchObjective(BatchKernel.of(kernel), miniBatches, Optional.of(random));
  }

  /**
   * The loss of samples that an engine keeps, and sums over: those of a file, or of a cluster.
   *
   * @param samples of any number
   * @return the objective; its teacher is not known. Threads may share it as far as the samples
   * @throws IllegalArgumentException if k or p is below 1, or the labels are so large or small that
   *     losses leave a double's range
   */
  static Objective summed(SummedSamples samples) {
    return new SummedObjective(samples);
  }

  /**
   * The loss of a data set of any size, which is read a block at a time in each evaluation. Reads
   * all labels now.
   *
   * @param data open for as long as the objective is used
   * @return the objective, which can be given mini-batches, a kernel and a listener; its teacher is
   *     not known
   * @throws java.io.UncheckedIOException if the labels cannot be read; the message names where they
   *     lie
   * @throws java.util.concurrent.CancellationException if this thread is interrupted
   * @throws IllegalArgumentException if the labels are so large or small that losses leave a
   *     double's range
   */
  static DataSetObjective dataSet(DataSet data) {
    return new DataSetObjective(data);
  }

  /**
   * Cuts a batch into mini-batches that share its patches, in order. A batch whose samples are not
   * in random order needs to be shuffled first.
   *
   * @param batch in the layout that the kernel reads
   * @param size samples of a mini-batch, at least 1 and at most n; where the layout puts samples
   *     side by side, a multiple of its lanes, or n
   * @return mini-batches of that size; the last one is smaller where n is no multiple
   * @throws IllegalArgumentException if the size is not as above
   */
  static List<PatchBatch> cut(PatchBatch batch, int size) {
    return BatchObjective.cut(batch, size);
  }

  /**
   * The same objective with its teacher known.
   *
   * @param known of this k and p, with a* != 0
   * @return an objective over the same data
   * @throws IllegalArgumentException if k or p differ, or a* = 0
   */
  default Objective labelledBy(Teacher known) {
    return new LabelledObjective(this, known);
  }
}
