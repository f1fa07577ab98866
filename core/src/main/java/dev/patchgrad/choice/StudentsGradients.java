package dev.patchgrad.choice;

import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import java.util.List;

/**
 * The gradients of many students over one batch, in the way that is fastest for so many here: in
 * one pass for all, or one after the other.
 *
 * <p>Belongs to one thread at a time, as its kernel does.
 */
public final class StudentsGradients {
  private final Choice choice;
  private final StudentsKernel kernel;
  private final PatchBatch batch;

  private StudentsGradients(PatchBatch batch, Choice choice) {
    this.choice = choice;
    this.kernel = choice.createStudents();
    this.batch = batch.toLayout(kernel.layout());
  }

  /**
   * For a batch that is evaluated many times: it is converted, once, to the layout that is read,
   * which takes memory of the batch's size unless it has that layout.
   *
   * @param batch in any layout
   * @param students students at a time that are to come, at least 1; a call may have more or fewer
   * @return their gradients
   * @throws IllegalArgumentException if {@code students} is below 1, {@value
   *     KernelChooser#PROPERTY} names a kernel that there is not, or the converted batch is too
   *     long for a Java array
   */
  public static StudentsGradients of(PatchBatch batch, int students) {
    return new StudentsGradients(
        batch, KernelChooser.ofThisMachine().choose(Workload.of(batch).withStudents(students)));
  }

  /**
   * Computes loss and gradient at the parameters of each student.
   *
   * @param students at least one, each of the batch's k and p
   * @param out as many, no object twice; written: loss, dv [p] (dw where the student is plain), da
   *     [k] of the student of the same index
   * @throws IllegalArgumentException if sizes or the lists' lengths do not match, a parameter is
   *     not finite, v = 0 under weight normalisation, or an output is there twice; every output is
   *     then unchanged
   */
  public void evaluate(List<Student> students, List<Gradient> out) {
    kernel.evaluate(batch, students, out);
  }

  /**
   * The kernel that computes them, and why it was chosen.
   *
   * @return the choice
   */
  public Choice choice() {
    return choice;
  }
}
