package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Random starts under weight normalisation: v uniform on a sphere, a uniform in a ball (Du et al.
 * 2018).
 *
 * <p>How long v is does not change the network, but how descent goes from there. Let the labels,
 * and with them a, be multiplied by c. With v multiplied by c too, dl/da and dl/dv are c times what
 * they were, so that descent with the same step size takes the same course, c times as large.
 * Starts whose |v| is in proportion to |w*| |a*| are therefore free of scale. The paper's have |v|
 * = 1, for teachers with |w*| = 1.
 *
 * @param k patches, at least 1
 * @param p dimension of a patch, at least 1
 * @param radius of the ball that a is drawn from, at least 0
 * @param filterNorm |v|, above 0
 */
public record Initialisation(int k, int p, double radius, double filterNorm) {
  /** Checks the values. */
  public Initialisation {
    Checks.requirePositive("k", k);
    Checks.requirePositive("p", p);
    if (!(radius >= 0 && radius < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "radius: " + radius + " given; expected a finite number of at least 0");
    }
    if (!(filterNorm >= Double.MIN_NORMAL && filterNorm < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "filterNorm: " + filterNorm + " given; expected a finite number above 0");
    }
  }

  /**
   * Starts with |v| = 1, which suit labels with |w*| |a*| about 1, each size by its name: {@code
   * Initialisation.inBall(.5).k(64).p(8)}. For other labels there is {@link #withFilterNorm}.
   *
   * @param radius of the ball that a is drawn from, at least 0
   * @return the initialisation, whose k and p are still to be said
   */
  public static Sizes inBall(double radius) {
    return new Sizes(radius, 0);
  }

  /** An initialisation whose k and p are still to be said. */
  public static final class Sizes {
    private final double radius;
    private final int k;

    private Sizes(double radius, int k) {
      this.radius = radius;
      this.k = k;
    }

    /**
     * Says how many patches a sample has.
     *
     * @param patchesOfSample k, at least 1
     * @return the same, whose p is still to be said
     */
    public Sizes k(int patchesOfSample) {
      return new Sizes(radius, patchesOfSample);
    }

    /**
     * Says how long a patch is, which completes the initialisation; k comes before it.
     *
     * @param dimension p, at least 1
     * @return the initialisation
     * @throws IllegalArgumentException if k or p is below 1, or the radius is negative or not
     *     finite
     */
    public Initialisation p(int dimension) {
      return new Initialisation(k, dimension, radius, 1);
    }

    @Override
    public String toString() {
      return "Initialisation.Sizes[radius=" + radius + ", k=" + k + "]";
    }
  }

  /**
   * Starts for a teacher: the paper's radius of |1^T a*| |w*| / sqrt(k), so that |1^T a| is at most
   * |1^T a*| |w*|, and |v| = |w*| |a*|.
   *
   * <p>From there {@link StepSize#derived} is pi/(k + pi - 1), whatever the scale of w* and a*, and
   * at most {@link Reduction#signFlipsBound}: of the four sign flips one reaches the teacher.
   *
   * @param teacher for k, p, the radius and |v|; its a* is not 0
   * @return the initialisation
   * @throws IllegalArgumentException if |w*| |a*| is 0, or beyond a double's range
   */
  public static Initialisation of(Teacher teacher) {
    double[] a = teacher.a();
    double norm = Checks.norm(teacher.w());
    double sum = 0;
    for (double weight : a) {
      sum += weight;
    }
    return new Initialisation(
        teacher.k(),
        teacher.p(),
        Math.abs(sum) * norm / Math.sqrt(teacher.k()),
        LabelScale.of(teacher));
  }

  /**
   * Starts for labels whose teacher nobody knows: radius and |v| as for a teacher, estimated from
   * the labels' moments E[y] = |w*| 1^T a* / sqrt(2 pi) and E[y^2] = |w*|^2 ((pi - 1) |a*|^2 + (1^T
   * a*)^2) / (2 pi). They hold for patches of N(0, I_p); of others this is a guess of the right
   * scale.
   *
   * @param batch for k, p and the labels
   * @return the initialisation
   * @throws IllegalArgumentException if all labels are 0: nothing can be learned
   */
  public static Initialisation of(PatchBatch batch) {
    double largest = 0;
    for (int i = 0; i < batch.n(); i++) {
      largest = Math.max(largest, Math.abs(batch.label(i)));
    }
    if (largest == 0) {
      throw new IllegalArgumentException(
          "batch: all labels are 0; expected labels that something can be learned from");
    }
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < batch.n(); i++) {
      double label = batch.label(i) / largest;
      sum += label;
      squares += label * label;
    }
    // |w*| 1^T a* and (|w*| |a*|)^2, which is at least the former's square over k.
    double total = Math.sqrt(2 * Math.PI) * Math.abs(sum / batch.n());
    double target =
        Math.max(
            (2 * Math.PI * squares / batch.n() - total * total) / (Math.PI - 1),
            total * total / batch.k());
    return new Initialisation(
        batch.k(), batch.p(), largest * total / Math.sqrt(batch.k()), largest * Math.sqrt(target));
  }

  /**
   * The same starts with another length of v.
   *
   * @param norm |v|, above 0; 1 is the paper's
   * @return the initialisation
   * @throws IllegalArgumentException if the length is not above 0, or not finite
   */
  public Initialisation withFilterNorm(double norm) {
    return new Initialisation(k, p, radius, norm);
  }

  /**
   * Draws a start. To draw many that do not depend on each other's order, split the generator.
   *
   * @param random of the start; a generator of the same seed gives the same bits
   * @return a student of its own
   */
  public Student draw(RandomGenerator random) {
    double[] v = onSphere(random, p);
    for (int c = 0; c < p; c++) {
      v[c] *= filterNorm;
    }
    double[] a = onSphere(random, k);
    // The share U of the ball's volume lies within U^(1/k) of its radius. StrictMath: the same on
    // every machine.
    double length = radius * StrictMath.pow(random.nextDouble(), 1.0 / k);
    for (int j = 0; j < k; j++) {
      a[j] *= length;
    }
    return Student.weightNormalised(v, a);
  }

  /**
   * The four starts (v, a), (v, -a), (-v, a), (-v, -a): almost surely exactly one of them has a^T
   * a* &gt; 0 and phi &lt; pi/2, unless 1^T a* = 0, where a = 0.
   *
   * @param student left as it is
   * @return four students of their own, in that order
   */
  public static List<Student> signFlips(Student student) {
    return List.of(
        flipped(student, 1, 1),
        flipped(student, 1, -1),
        flipped(student, -1, 1),
        flipped(student, -1, -1));
  }

  private static Student flipped(Student student, int signV, int signA) {
    Student copy = student.copy();
    for (int c = 0; c < copy.p(); c++) {
      copy.v()[c] *= signV;
    }
    for (int j = 0; j < copy.k(); j++) {
      copy.a()[j] *= signA;
    }
    return copy;
  }

  private static double[] onSphere(RandomGenerator random, int length) {
    double[] values = new double[length];
    double norm = 0;
    while (norm == 0) {
      for (int c = 0; c < length; c++) {
        values[c] = random.nextGaussian();
      }
      norm = Checks.norm(values);
    }
    for (int c = 0; c < length; c++) {
      values[c] /= norm;
    }
    return values;
  }
}
