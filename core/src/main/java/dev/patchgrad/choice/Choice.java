package dev.patchgrad.choice;

import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import java.util.List;

/**
 * A kernel that was chosen, and why.
 *
 * @param kernel its name
 * @param workload that it was chosen for
 * @param steps of the choice, in words
 */
public record Choice(String kernel, Workload workload, List<String> steps) {
  /** Copies the list. */
  public Choice {
    steps = List.copyOf(steps);
  }

  /**
   * A new kernel of that name, with scratch space of its own.
   *
   * @return the kernel, in the workload's precision
   */
  public GradientKernel create() {
    return Kernels.create(kernel, workload.precision());
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
