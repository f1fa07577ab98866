package dev.patchgrad.bench.problem;

import dev.patchgrad.bench.launch.ShortIterations;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import dev.patchgrad.reports.run.Places;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One gradient, ready to be measured: the batch in the kernel's layout, the student, and the result
 * that each call overwrites. It was computed once and held against the scalar kernel's.
 *
 * <p>Where the batch lies in memory, by the cache line and by the page, changes the speed of a
 * kernel by up to a fifth, and a fork that has one batch keeps what it got. So a small batch has
 * {@link Places#COUNT} copies, which iterations take in turn, and a fork's number is about all of
 * them.
 */
public final class ReadyGradient {
  private final GradientKernel kernel;
  private final List<Placed> places;
  private int turn;
  private PatchBatch batch;
  private Student student;
  private Gradient result;

  /** What a call reads and writes. */
  private record Placed(PatchBatch batch, Student student, Gradient result) {}

  /**
   * Makes batch and student, in one place.
   *
   * @param problem of a cell
   * @param kernel that is to be measured; it may have seen other shapes
   * @throws IllegalStateException if the kernel computes something else than the scalar one
   */
  public ReadyGradient(GradientProblem problem, GradientKernel kernel) {
    this(problem, kernel, 1);
  }

  private ReadyGradient(GradientProblem problem, GradientKernel kernel, int count) {
    PatchBatch rowMajor = problem.batch();
    this.kernel = kernel;
    this.batch = rowMajor.toLayout(kernel.layout());
    this.student = problem.student();
    this.result = Gradient.of(student);
    evaluate();
    AgreementCheck.require(kernel, rowMajor, student, result);
    List<Placed> all = new ArrayList<>(List.of(new Placed(batch, student, result)));
    while (all.size() < count) {
      all.add(placedElsewhere(problem, rowMajor));
    }
    // In an order of this fork's own: otherwise what a place does to the speed would look like a
    // trend in every fork.
    Collections.shuffle(all);
    this.places = List.copyOf(all);
    turn = places.size() - 1;
    moveOn();
  }

  /**
   * Makes batch and student, in several places where the batch is small.
   *
   * @param problem of a cell
   * @param kernel that is to be measured
   * @return the gradient in the first of its places
   * @throws IllegalStateException if the kernel computes something else than the scalar one
   */
  public static ReadyGradient inPlaces(GradientProblem problem, GradientKernel kernel) {
    return new ReadyGradient(problem, kernel, places(problem.bytes(kernel.layout())));
  }

  /**
   * How many copies there are of a batch.
   *
   * @param bytes of its patches
   * @return {@link Places#COUNT}, or 1
   */
  static int places(long bytes) {
    return bytes <= ShortIterations.LARGEST_COPIED ? Places.COUNT : 1;
  }

  private Placed placedElsewhere(GradientProblem problem, PatchBatch rowMajor) {
    // Arrays of this size are made one right after the other, each with a header of 16 bytes. This
    // one, which nobody keeps, takes care that the next copy starts elsewhere on its cache line.
    int between = Math.toIntExact(rowMajor.patchBytes()) + Long.BYTES;
    if (new byte[between].length != between) {
      throw new AssertionError(between);
    }
    PatchBatch copy =
        switch (rowMajor) {
          case DoubleBatch doubles ->
              DoubleBatch.copyOf(doubles.patches(), doubles.labels()).k(doubles.k()).p(doubles.p());
          case FloatBatch floats ->
              FloatBatch.copyOf(floats.patches(), floats.labels()).k(floats.k()).p(floats.p());
        };
    Student elsewhere = problem.student();
    return new Placed(copy.toLayout(kernel.layout()), elsewhere, Gradient.of(elsewhere));
  }

  /**
   * Goes on to the next copy, and reads it once. An iteration of a few milliseconds would otherwise
   * tell how long that copy takes to come back into the cache.
   */
  public void moveOn() {
    turn = (turn + 1) % places.size();
    batch = places.get(turn).batch();
    student = places.get(turn).student();
    result = places.get(turn).result();
    if (places.size() > 1) {
      evaluate();
    }
  }

  /**
   * Computes it.
   *
   * @return the loss, which with the live arrays of the result keeps the whole call alive
   */
  public double evaluate() {
    kernel.evaluate(batch, student, result);
    return result.loss();
  }

  /**
   * The kernel that computes it.
   *
   * @return the one that it was made for
   */
  public GradientKernel kernel() {
    return kernel;
  }

  /**
   * The batch that the kernel reads.
   *
   * @return in the kernel's layout
   */
  public PatchBatch batch() {
    return batch;
  }

  /**
   * What the last call computed.
   *
   * @return live: the next call overwrites it
   */
  public Gradient result() {
    return result;
  }
}
