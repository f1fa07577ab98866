package dev.patchgrad.kernel;

import dev.patchgrad.network.PatchBatch;

/**
 * Sums over samples that come in parts: between them the kernel keeps its lanes' sums, so that a
 * part may be a few groups of samples, and other students' parts may come between.
 */
interface ResumableKernel {
  /**
   * Begins with a student.
   *
   * @param parameters checked and finite
   */
  void start(Parameters parameters);

  /**
   * Adds the sums of samples {@code from} to {@code to - 1}.
   *
   * @param batch checked: this kernel's precision and layout, the student's k and p
   * @param from a multiple of the layout's lanes
   * @param to n, or a multiple of the layout's lanes
   * @param sums some of what was added may arrive here already
   */
  void add(PatchBatch batch, int from, int to, RunningSums sums);

  /** Adds what has not yet arrived. */
  void end(RunningSums sums);
}
