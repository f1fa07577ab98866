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
   * One student's gradient, many times, on one thread.
   *
   * @param precision of the batch
   * @param p dimension of a patch, at least 1
   * @param k patches of a sample, at least 1
   * @param n samples, at least 1
   * @return the workload
   * @throws IllegalArgumentException if a count is below 1
   */
  public static Workload of(Precision precision, int p, int k, int n) {
    return new Workload(precision, p, k, n, 1, 1, Layout.ROW_MAJOR, MANY);
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
