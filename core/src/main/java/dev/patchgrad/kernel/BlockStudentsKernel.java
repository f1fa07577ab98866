package dev.patchgrad.kernel;

import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Many students in one pass over the data, by a kernel for one: each block of samples is taken for
 * all students, one after the other, while it is in cache. What is faster for small p, and for
 * students too few to fill a vector. Scratch space: O((k + p) R).
 */
final class BlockStudentsKernel extends AbstractStudentsKernel {
  /**
   * Of a block's patches, unless one group of samples has more: half of an L2 of 512 KiB, so that
   * what a student's turn costs is lost in it. In blocks of L1's size the kernel for one was no
   * faster (p = 8, AVX2, 2026-11-24: 8 to 64 KiB, paired rounds).
   */
  private static final long BLOCK_BYTES = 256 * 1024;

  private final String resolved;
  private final Supplier<? extends ResumableKernel> constructor;

  /** Of each student. */
  private ResumableKernel[] kernels = new ResumableKernel[0];

  private Parameters[] parameters = new Parameters[0];

  private RunningSums[] sums = new RunningSums[0];

  /**
   * A kernel for many students.
   *
   * @param kernel for one
   * @param constructor of more of them
   */
  BlockStudentsKernel(GradientKernel kernel, Supplier<? extends ResumableKernel> constructor) {
    super(kernel.name(), kernel.precision(), kernel.layout());
    this.constructor = constructor;
    this.resolved = "one student at a time over a block of samples, " + kernel.resolved();
  }

  @Override
  public String resolved() {
    return resolved;
  }

  @Override
  void evaluateChecked(
      PatchBatch batch, List<Student> students, double[] norms, List<Gradient> out) {
    int samples = samplesOfBlock(batch);
    if (samples < batch.n()) {
      byBlocks(samples, batch, students, norms, out);
      return;
    }
    // In a single block nobody waits, and one student's scratch space serves all, from L1.
    reserve(1);
    for (int r = 0; r < students.size(); r++) {
      start(0, students.get(r), norms[r]);
      kernels[0].add(batch, 0, batch.n(), sums[0]);
      end(0, batch, students.get(r), out.get(r));
    }
  }

  private void byBlocks(
      int samples, PatchBatch batch, List<Student> students, double[] norms, List<Gradient> out) {
    int size = students.size();
    reserve(size);
    for (int r = 0; r < size; r++) {
      start(r, students.get(r), norms[r]);
    }
    for (int from = 0; from < batch.n(); from += samples) {
      int to = Math.min(batch.n(), from + samples);
      for (int r = 0; r < size; r++) {
        kernels[r].add(batch, from, to, sums[r]);
      }
    }
    for (int r = 0; r < size; r++) {
      end(r, batch, students.get(r), out.get(r));
    }
  }

  private void start(int r, Student student, double norm) {
    parameters[r].set(student, norm);
    sums[r].reset(student.k(), student.p());
    kernels[r].start(parameters[r]);
  }

  private void end(int r, PatchBatch batch, Student student, Gradient out) {
    kernels[r].end(sums[r]);
    sums[r].finish(batch.n(), student, parameters[r], out);
  }

  /** Whole groups of the layout's lanes. */
  private int samplesOfBlock(PatchBatch batch) {
    int lanes = layout().lanes();
    long groupBytes = Math.max(1, batch.patchBytes() / batch.n() * lanes);
    return (int) Math.min(batch.n(), Math.max(1, BLOCK_BYTES / groupBytes) * lanes);
  }

  private void reserve(int students) {
    int length = parameters.length;
    if (length < students) {
      // lint: once for a number of students
      kernels = Arrays.copyOf(kernels, students);
      parameters = Arrays.copyOf(parameters, students);
      sums = Arrays.copyOf(sums, students);
      for (int r = length; r < students; r++) {
        kernels[r] = constructor.get();
        parameters[r] = new Parameters();
        sums[r] = new RunningSums();
      }
    }
  }
}
