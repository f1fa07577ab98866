package dev.patchgrad.choice;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.ThreadedKernel;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;

/**
 * The gradients over one batch, by the kernel that is fastest for it here:
 *
 * <pre>{@code
 * Gradients gradients = Gradients.of(batch);
 * gradients.evaluate(student, gradient); // again and again, allocating nothing
 * }</pre>
 *
 * <p>Belongs to one thread at a time, as its kernel does. Where the choice is for several threads,
 * {@link #close} ends the others; else there is nothing to close.
 */
public final class Gradients implements AutoCloseable {
  private final Choice choice;
  private final GradientKernel kernel;
  private final PatchBatch batch;

  private Gradients(PatchBatch batch, Choice choice) {
    this.choice = choice;
    this.kernel = choice.create();
    this.batch = batch.toLayout(kernel.layout());
  }

  /**
   * For a batch that is evaluated many times: it is converted, once, to the layout of the kernel
   * that is fastest, which takes memory of the batch's size.
   *
   * @param batch in any layout; where it has the kernel's layout, it is not copied
   * @return its gradients
   * @throws IllegalArgumentException if {@value KernelChooser#PROPERTY} names a kernel that there
   *     is not, or the converted batch is too long for a Java array
   */
  public static Gradients of(PatchBatch batch) {
    return of(batch, Workload.MANY);
  }

  /**
   * For a batch that is evaluated a few times: it is converted only if that is paid back.
   *
   * @param batch in any layout; where it has the kernel's layout, it is not copied
   * @param evaluations that are to come, at least 1
   * @return its gradients
   * @throws IllegalArgumentException if {@code evaluations} is below 1, {@value
   *     KernelChooser#PROPERTY} names a kernel that there is not, or the converted batch is too
   *     long for a Java array
   */
  public static Gradients of(PatchBatch batch, int evaluations) {
    return new Gradients(
        batch,
        KernelChooser.ofThisMachine().choose(Workload.of(batch).withEvaluations(evaluations)));
  }

  /**
   * By a choice that was made before, such as {@link MeasuredChoice#choice}, or one for several
   * threads.
   *
   * @param batch in any layout; where it has the kernel's layout, it is not copied
   * @param choice for one student and a batch of the same precision
   * @return its gradients
   * @throws IllegalArgumentException if the precisions differ, the choice is for several students,
   *     or the converted batch is too long for a Java array
   */
  public static Gradients of(PatchBatch batch, Choice choice) {
    if (batch.precision() != choice.workload().precision()) {
      throw new IllegalArgumentException(
          "batch: precision "
              + batch.precision().label()
              + " given; expected "
              + choice.workload().precision().label()
              + " of the choice");
    }
    if (choice.workload().students() > 1) {
      throw new IllegalArgumentException(
          "choice: for "
              + choice.workload().students()
              + " students given; expected one for 1, since StudentsGradients take several");
    }
    return new Gradients(batch, choice);
  }

  /**
   * Computes loss and gradient at a student's parameters; allocates nothing after the first call.
   *
   * @param student of the batch's k and p
   * @param out written: loss, dv [p] (dw where the student is plain), da [k]
   * @throws IllegalArgumentException if sizes do not match, a parameter is not finite, or v = 0
   *     under weight normalisation; {@code out} is then unchanged
   */
  public void evaluate(Student student, Gradient out) {
    kernel.evaluate(batch, student, out);
  }

  /**
   * Computes loss and gradient into a buffer of its own.
   *
   * @param student of the batch's k and p
   * @return loss, dv [p] (dw where the student is plain), da [k]
   * @throws IllegalArgumentException if sizes do not match, a parameter is not finite, or v = 0
   *     under weight normalisation
   */
  public Gradient evaluate(Student student) {
    Gradient out = Gradient.of(student);
    evaluate(student, out);
    return out;
  }

  /** Ends the threads of a choice for several. A later call is then refused. */
  @Override
  public void close() {
    if (kernel instanceof ThreadedKernel threaded) {
      threaded.close();
    }
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
