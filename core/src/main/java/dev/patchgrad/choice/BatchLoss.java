package dev.patchgrad.choice;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.kernel.ThreadedKernel;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a batch and its gradient, by the kernel that is fastest for it here:
 *
 * <pre>{@code
 * BatchLoss loss = BatchLoss.of(batch);
 * Gradient gradient = loss.gradient(student);
 * loss.evaluate(student, gradient); // again and again, allocating nothing
 * }</pre>
 *
 * <p>What is to be expected is said first, as in {@code BatchLoss.of(batch).threads(2)}: {@link
 * #threads}, {@link #students}, {@link #evaluations}, {@link #measured} and {@link #by} each give
 * another loss. The first evaluation then chooses the kernel and converts the batch to its layout,
 * once, which takes memory of the batch's size. A batch that has that layout is not copied. So its
 * arrays must not be changed while the loss is in use: whether a change shows depends on the
 * kernel.
 *
 * <p>Belongs to one thread at a time, as its kernel does, which refuses a second one. With {@link
 * #threads}, {@link #close} ends the others; else there is nothing to close.
 */
public final class BatchLoss implements AutoCloseable {
  private final PatchBatch batch;
  private final Workload workload;

  /** A choice that was made before, of which the kernel's name and the steps count. */
  private final Optional<Choice> made;

  private volatile @Nullable Ready ready;
  private boolean isClosed;

  /** What the first evaluation makes; {@code one} is missing where all students take one pass. */
  private record Ready(
      Choice choice, PatchBatch batch, Optional<GradientKernel> one, StudentsKernel several) {}

  private BatchLoss(PatchBatch batch, Workload workload, Optional<Choice> made) {
    if (workload.threads() > 1 && made.isPresent() && made.get().isTogether()) {
      throw new IllegalArgumentException(
          "threads: "
              + workload.threads()
              + " given; expected 1, since the choice is a pass for all students on one thread");
    }
    this.batch = batch;
    this.workload = workload;
    this.made = made;
  }

  /**
   * For a batch that is evaluated many times, for one student at a time, on the caller's thread.
   *
   * @param batch in any layout; not to be changed while the loss is in use
   * @return its loss
   */
  public static BatchLoss of(PatchBatch batch) {
    return new BatchLoss(batch, Workload.of(batch), Optional.empty());
  }

  /**
   * The same with the samples divided among threads, where that is faster. It is to be closed. The
   * gradients of several students are then calculated one after the other.
   *
   * @param count the caller's included, at least 1
   * @return the loss
   * @throws IllegalArgumentException if the number is below 1, or above 1 where a choice is a pass
   *     for all students
   */
  public BatchLoss threads(int count) {
    return new BatchLoss(batch, workload.withThreads(count), made);
  }

  /**
   * The same for many students at a time: in one pass over the batch for all, or one after the
   * other, as is faster.
   *
   * @param count students of a call, at least 1; a call may have more or fewer
   * @return the loss
   * @throws IllegalArgumentException if the number is below 1
   */
  public BatchLoss students(int count) {
    return new BatchLoss(batch, workload.withStudents(count), made);
  }

  /**
   * The same for a batch that is evaluated a few times: it is converted only if that pays.
   *
   * @param count of evaluations that are to come, at least 1; there may be more or fewer
   * @return the loss
   * @throws IllegalArgumentException if the number is below 1
   */
  public BatchLoss evaluations(int count) {
    return new BatchLoss(batch, workload.withEvaluations(count), made);
  }

  /**
   * The same by the kernel that is fastest in a trial, which takes a second at most: {@link
   * KernelChooser#measure(PatchBatch)}, for one student on one thread.
   *
   * @return the loss
   * @throws UnsupportedOperationException if the Java runtime has no module jdk.management, by
   *     which compiled kernels are told
   */
  public BatchLoss measured() {
    return new BatchLoss(
        batch, workload, Optional.of(KernelChooser.ofThisMachine().measure(batch).choice()));
  }

  /**
   * The same by a choice that was made before, such as {@link MeasuredChoice#choice}, for its
   * students and threads.
   *
   * @param choice for a batch of the same precision
   * @return the loss
   * @throws IllegalArgumentException if the precisions differ, or the choice is a pass for all
   *     students with several threads
   */
  public BatchLoss by(Choice choice) {
    if (batch.precision() != choice.workload().precision()) {
      throw new IllegalArgumentException(
          "batch: precision "
              + batch.precision().label()
              + " given; expected "
              + choice.workload().precision().label()
              + " of the choice");
    }
    return new BatchLoss(
        batch,
        workload
            .withStudents(choice.workload().students())
            .withThreads(choice.workload().threads()),
        Optional.of(choice));
  }

  /**
   * Calculates loss and gradient at a student's parameters into a buffer of its own.
   *
   * @param student of the batch's k and p
   * @return loss, dv [p] (dw where the student is plain), da [k]
   * @throws IllegalArgumentException as {@link #evaluate(Student, Gradient)} does
   */
  public Gradient gradient(Student student) {
    Gradient out = Gradient.of(student);
    evaluate(student, out);
    return out;
  }

  /**
   * Calculates loss and gradient of each of some students into buffers of their own.
   *
   * @param students at least one, each of the batch's k and p
   * @return of the student of the same index: loss, dv [p] (dw where the student is plain), da [k]
   * @throws IllegalArgumentException as {@link #evaluate(List, List)} does
   */
  public List<Gradient> gradients(List<Student> students) {
    List<Gradient> out = students.stream().map(Gradient::of).toList();
    evaluate(students, out);
    return out;
  }

  /**
   * Calculates loss and gradient at a student's parameters. After the first call it allocates
   * nothing, unless the loss is for many {@link #students}.
   *
   * @param student of the batch's k and p
   * @param out written: loss, dv [p] (dw where the student is plain), da [k]
   * @throws IllegalArgumentException if sizes do not match, a parameter is not finite, or v = 0
   *     under weight normalisation; {@code out} is then unchanged. On the first call also as {@link
   *     #choice} does, and if the converted batch is too long for a Java array
   * @throws IllegalStateException if another call is under way, which goes on undisturbed; or the
   *     threads are closed
   */
  public void evaluate(Student student, Gradient out) {
    Ready now = ready();
    if (now.one().isPresent()) {
      now.one().get().evaluate(now.batch(), student, out);
    } else {
      now.several().evaluate(now.batch(), List.of(student), List.of(out));
    }
  }

  /**
   * Calculates loss and gradient at the parameters of each of some students.
   *
   * @param students at least one, each of the batch's k and p
   * @param out as many, no object twice; written: loss, dv [p] (dw where the student is plain), da
   *     [k] of the student of the same index
   * @throws IllegalArgumentException if sizes or the lists' lengths do not match, a parameter is
   *     not finite, v = 0 under weight normalisation, or an output appears twice; every output is
   *     then unchanged. On the first call also as for {@link #evaluate(Student, Gradient)}
   * @throws IllegalStateException as for {@link #evaluate(Student, Gradient)}
   */
  public void evaluate(List<Student> students, List<Gradient> out) {
    Ready now = ready();
    now.several().evaluate(now.batch(), students, out);
  }

  /**
   * The kernel that calculates, and why it was chosen: chosen now, where no call did so before.
   *
   * @return the choice
   * @throws IllegalArgumentException if {@value KernelChooser#PROPERTY} names a kernel that there
   *     is not, or that this JVM cannot load
   */
  public Choice choice() {
    Ready now = ready;
    return now == null ? choose() : now.choice();
  }

  private Choice choose() {
    // Threads divide samples, and take one student after the other: what is fastest for one.
    Workload wanted = workload.threads() > 1 ? workload.withStudents(1) : workload;
    return made.map(
            choice ->
                new Choice(
                    choice.kernel(),
                    choice.workload().withStudents(wanted.students()).withThreads(wanted.threads()),
                    choice.steps()))
        .orElseGet(() -> KernelChooser.ofThisMachine().choose(wanted));
  }

  private Ready ready() {
    Ready now = ready;
    return now == null ? prepare() : now;
  }

  private synchronized Ready prepare() {
    Ready now = ready;
    if (now != null) {
      return now;
    }
    if (isClosed) {
      throw new IllegalStateException("the loss is closed; expected a call before close()");
    }
    Choice choice = choose();
    if (choice.workload().students() == 1 && !choice.isTogether()) {
      GradientKernel kernel = choice.create();
      now =
          new Ready(
              choice,
              batch.toLayout(kernel.layout()),
              Optional.of(kernel),
              Kernels.oneAfterTheOther(kernel));
    } else {
      StudentsKernel kernel = choice.createStudents();
      now = new Ready(choice, batch.toLayout(kernel.layout()), Optional.empty(), kernel);
    }
    ready = now;
    return now;
  }

  /**
   * Ends the {@link #threads}. A later call is then refused. Does nothing where there are none, and
   * when called twice.
   */
  @Override
  public synchronized void close() {
    isClosed = workload.threads() > 1;
    Ready now = ready;
    if (now != null && now.one().orElse(null) instanceof ThreadedKernel threaded) {
      threaded.close();
    }
  }

  @Override
  public String toString() {
    Ready now = ready;
    return "BatchLoss["
        + batch
        + ", for "
        + workload
        + (now == null ? "" : ", by kernel " + now.choice().kernel())
        + "]";
  }
}
