package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Random starts under weight normalisation as in the paper (Du et al. 2018): v uniform on the unit
 * sphere, a uniform in a ball.
 *
 * @param k patches, at least 1
 * @param p dimension of a patch, at least 1
 * @param radius of the ball that a is drawn from, at least 0
 */
public record Initialisation(int k, int p, double radius) {
  /** Checks the values. */
  public Initialisation {
    Checks.requirePositive("k", k);
    Checks.requirePositive("p", p);
    if (!(radius >= 0 && radius < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "radius: " + radius + " given; expected a finite number of at least 0");
    }
  }

  /**
   * The paper's: a radius of |1^T a*| |w*| / sqrt(k), so that |1^T a| is at most |1^T a*| |w*|.
   *
   * @param teacher for k, p and the radius
   * @return the initialisation
   */
  public static Initialisation of(Teacher teacher) {
    double sum = 0;
    for (double weight : teacher.a()) {
      sum += weight;
    }
    return new Initialisation(
        teacher.k(),
        teacher.p(),
        Math.abs(sum) * Checks.norm(teacher.w()) / Math.sqrt(teacher.k()));
  }

  /**
   * Draws a start. To draw many that do not depend on each other's order, split the generator.
   *
   * @param random of the start; a generator of the same seed gives the same bits
   * @return a student of its own
   */
  public Student draw(RandomGenerator random) {
    double[] v = onSphere(random, p);
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
