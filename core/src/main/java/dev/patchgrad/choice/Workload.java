package dev.patchgrad.choice;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;

/**
 * What is to be computed, as far as it decides which kernel is fastest.
 *
 * @param precision of the batch
 * @param p dimension of a patch, at least 1
 * @param k patches of a sample, at least 1
 * @param n samples, at least 1
 * @param students students whose gradients are wanted at once, at least 1
 * @param threads that share the samples of one student, or share the students where there are
 *     several; at least 1
 * @param layout that the batch is in
 * @param evaluations of the batch that a conversion to another layout is spread over, at least 1
 */
public record Workload(
    Precision precision,
    int p,
    int k,
    int n,
    int students,
    int threads,
    Layout layout,
    int evaluations) {
  /** So many evaluations that a conversion costs nothing. */
  public static final int MANY = Integer.MAX_VALUE;

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException if one is below 1; the message names it
   */
  public Workload {
    Checks.requirePositive("p", p);
    Checks.requirePositive("k", k);
    Checks.requirePositive("n", n);
    Checks.requirePositive("students", students);
    Checks.requirePositive("threads", threads);
    Checks.requirePositive("evaluations", evaluations);
  }

  /**
   * One student's gradient, many times, on one thread, over a row-major batch whose sizes are said
   * each by its name: {@code Workload.of(Precision.DOUBLE).k(64).p(8).n(1000)}.
   *
   * @param precision of the batch
   * @return the workload, whose k, p and n are still to be said
   */
  public static Sizes of(Precision precision) {
    return new Sizes(precision, 0, 0);
  }

  /** A workload whose k, p and n are still to be said, n last. */
  public static final class Sizes {
    private final Precision precision;
    private final int k;
    private final int p;

    private Sizes(Precision precision, int k, int p) {
      this.precision = precision;
      this.k = k;
      this.p = p;
    }

    /**
     * Says how many patches a sample has.
     *
     * @param patchesOfSample k, at least 1
     * @return the same with this k
     */
    public Sizes k(int patchesOfSample) {
      return new Sizes(precision, patchesOfSample, p);
    }

    /**
     * Says how long a patch is.
     *
     * @param dimension p, at least 1
     * @return the same with this p
     */
    public Sizes p(int dimension) {
      return new Sizes(precision, k, dimension);
    }

    /**
     * Says how many samples there are, which completes the workload.
     *
     * @param samples n, at least 1
     * @return the workload
     * @throws IllegalArgumentException if k, p or n is below 1
     */
    public Workload n(int samples) {
      return new Workload(precision, p, k, samples, 1, 1, Layout.ROW_MAJOR, MANY);
    }

    @Override
    public String toString() {
      return "Workload.Sizes[" + precision.label() + ", k=" + k + ", p=" + p + "]";
    }
  }

  /**
   * One student's gradient over a batch, many times, on one thread.
   *
   * @param batch that is evaluated
   * @return the workload
   */
  public static Workload of(PatchBatch batch) {
    return new Workload(
        batch.precision(), batch.p(), batch.k(), batch.n(), 1, 1, batch.layout(), MANY);
  }

  /** The bytes of the patches. */
  double patchBytes() {
    return (double) n * k * p * precision.bytes();
  }

  /** The students that one thread computes, at least 1. */
  int studentsOfAThread() {
    return students == 1 ? 1 : Math.ceilDiv(students, threads);
  }

  /** The samples that one thread goes through, at least 1. */
  int samplesOfAThread() {
    return students == 1 ? Math.ceilDiv(n, threads) : n;
  }

  /**
   * The same with another number of students.
   *
   * @param count at least 1
   * @return the workload
   */
  public Workload withStudents(int count) {
    return new Workload(precision, p, k, n, count, threads, layout, evaluations);
  }

  /**
   * The same on another number of threads.
   *
   * @param count at least 1
   * @return the workload
   */
  public Workload withThreads(int count) {
    return new Workload(precision, p, k, n, students, count, layout, evaluations);
  }

  /**
   * The same with another number of evaluations.
   *
   * @param count at least 1
   * @return the workload
   */
  public Workload withEvaluations(int count) {
    return new Workload(precision, p, k, n, students, threads, layout, count);
  }

  @Override
  public String toString() {
    return precision.label()
        + ", p = "
        + p
        + ", k = "
        + k
        + ", n = "
        + n
        + (students > 1 ? ", " + students + " students" : "")
        + (threads > 1 ? ", " + threads + " threads" : "")
        + (evaluations < MANY ? ", evaluated " + evaluations + " times" : "");
  }
}
