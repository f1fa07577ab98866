package dev.patchgrad.choice;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.kernel.ThreadedKernel;
import java.util.List;

/**
 * A kernel that was chosen, and why.
 *
 * @param kernel one of {@link Kernels#names}, for one student or for one after the other; or {@link
 *     Kernels#STUDENTS}, which takes one pass for all of them
 * @param workload that it was chosen for
 * @param steps of the choice, in words
 */
public record Choice(String kernel, Workload workload, List<String> steps) {
  /** Copies the list. */
  public Choice {
    steps = List.copyOf(steps);
  }

  /**
   * Whether all students of the workload are to take one pass over the batch.
   *
   * @return true where {@link #kernel} is {@link Kernels#STUDENTS}
   */
  public boolean isTogether() {
    return kernel.equals(Kernels.STUDENTS);
  }

  /**
   * A new kernel for one student, with scratch space of its own.
   *
   * @return the kernel, in the workload's precision; where the workload has several threads, a
   *     {@link ThreadedKernel} on so many, which is to be closed
   * @throws IllegalStateException if all students are to take one pass: {@link #createStudents}
   *     makes what was chosen
   */
  public GradientKernel create() {
    if (isTogether()) {
      throw new IllegalStateException(
          "kernel: '"
              + kernel
              + "' takes "
              + workload.students()
              + " students in one pass; expected a call of createStudents");
    }
    return workload.students() == 1 && workload.threads() > 1
        ? Kernels.create(kernel, workload.precision(), workload.threads())
        : Kernels.create(kernel, workload.precision());
  }

  /**
   * A new kernel for the workload's students, with scratch space of its own: in one pass or one
   * after the other, as was chosen. It runs on the caller's thread; with several threads each is to
   * have one of its own, and its share of the students.
   *
   * @return the kernel, in the workload's precision
   */
  public StudentsKernel createStudents() {
    return isTogether()
        ? Kernels.createStudents(workload.precision())
        : Kernels.createStudents(kernel, workload.precision());
  }

  /**
   * How the choice came about.
   *
   * @return the steps, one a line
   */
  public String explain() {
    return String.join("\n", steps);
  }
}
