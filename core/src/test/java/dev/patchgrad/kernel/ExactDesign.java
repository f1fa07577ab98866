package dev.patchgrad.kernel;

import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.population.ClosedForm;
import dev.patchgrad.population.FilterAngle;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A finite data set whose empirical loss and gradient are the closed form's, exactly, up to one
 * known correction of size h^2: so a kernel can be pinned to it to the last digits.
 *
 * <p>The expectation lives in the plane of the two filters and couples at most two patches. So: q =
 * 2^m equally weighted points of the plane, at the midpoints of 2^(m-1) cells of angle h, on two
 * radii that give the right first and second moments; and an orthogonal array of strength 2 (Bose:
 * columns c s + t over GF(q), and s), in which each pair of patches meets each pair of points once.
 * A random orthonormal pair carries the plane into R^p, so that all coordinates take part.
 */
final class ExactDesign {
  /** Irreducible polynomials over GF(2), by degree. */
  private static final int[] POLYNOMIAL = {0, 0, 0, 0, 0x13, 0x25, 0x43, 0x83};

  private final int n;
  private final int k;
  private final int p;
  private final double[] patches;
  private final double[] labels;
  private final Teacher teacher;
  private final double[] v;
  private final double[] a;
  private final FilterAngle angle;
  private final double h;
  private final double[] unit;

  /**
   * A design.
   *
   * @param m 4 to 7: 2^m points of the plane, 4^m samples
   * @param k patches, at most 2^m + 1
   * @param p at least 1; for 1 the angle must be 0 or pi
   * @param eighths the angle between the filters, in eighths of a turn: 0 to 4
   * @param seed of the directions and weights
   */
  ExactDesign(int m, int k, int p, int eighths, long seed) {
    int q = 1 << m;
    if (k > q + 1 || (p == 1 && eighths % 4 != 0) || eighths > 4) {
      throw new IllegalArgumentException("no design for k = " + k + ", p = " + p);
    }
    this.n = q * q;
    this.k = k;
    this.p = p;
    this.h = 4 * Math.PI / q;
    this.angle =
        eighths == 4 ? FilterAngle.ofSupplement(0) : FilterAngle.ofRadians(eighths * Math.PI / 4);
    SplittableRandom random = new SplittableRandom(seed);
    this.unit = unitOrthogonalTo(new double[p], random);
    double[] across = p == 1 ? new double[1] : unitOrthogonalTo(unit, random);
    this.v = scaled(unit, 1.7);
    double[] target = new double[p];
    for (int c = 0; c < p; c++) {
      target[c] = 1.3 * (angle.cos() * unit[c] + angle.sin() * across[c]);
    }
    this.a = weights(k, random);
    this.teacher = Teacher.of(target, weights(k, random));

    double meanRadius = Math.sqrt(Math.PI / 2) * Math.sin(h / 2) / (h / 2);
    double spread = Math.sqrt(2 - meanRadius * meanRadius);
    double[][] points = new double[q][p];
    double[] outputs = new double[q];
    for (int level = 0; level < q; level++) {
      double radius = meanRadius + (level % 2 == 0 ? spread : -spread);
      int cell = level / 2;
      double theta = (cell + .5) * h;
      for (int c = 0; c < p; c++) {
        points[level][c] = radius * (Math.cos(theta) * unit[c] + Math.sin(theta) * across[c]);
      }
      outputs[level] = 1.3 * Math.max(0, radius * Math.cos(theta - angle.phi()));
    }
    this.patches = new double[n * k * p];
    this.labels = new double[n];
    double[] targetWeights = teacher.a();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < k; j++) {
        int level = j < q ? multiply(j, i / q, m) ^ (i % q) : i / q;
        System.arraycopy(points[level], 0, patches, (i * k + j) * p, p);
        labels[i] += targetWeights[j] * outputs[level];
      }
    }
  }

  /** The samples in a precision, row-major. */
  PatchBatch batch(Precision precision) {
    return switch (precision) {
      case DOUBLE -> DoubleBatch.wrap(patches, labels).k(k).p(p);
      case FLOAT -> FloatBatch.wrap(rounded(patches), rounded(labels)).k(k).p(p);
    };
  }

  Teacher teacher() {
    return teacher;
  }

  Student student(Parametrisation parametrisation) {
    return students(parametrisation).getFirst();
  }

  /** The four sign flips, whose filters too lie in the design's plane: (+, +), (+, -) … */
  List<Student> students(Parametrisation parametrisation) {
    List<Student> students = new ArrayList<>();
    for (double[] filter : List.of(v, scaled(v, -1))) {
      for (double[] weights : List.of(a, scaled(a, -1))) {
        students.add(
            parametrisation == Parametrisation.PLAIN
                ? Student.plain(filter, weights)
                : Student.weightNormalised(filter, weights));
      }
    }
    return students;
  }

  /** The closed form for Gaussian patches. */
  Gradient continuous(Student student) {
    Gradient out = Gradient.of(student);
    ClosedForm.of(teacher).evaluate(student, out);
    return out;
  }

  /**
   * The closed form with g replaced by g_h = (pi - phi) cos phi + sin phi h / sin h.
   *
   * @param student one of {@link #students}, whose sin phi is the same
   */
  Gradient discretised(Student student) {
    boolean plain = student.parametrisation() == Parametrisation.PLAIN;
    Gradient out = continuous(student);
    double correction = angle.sin() * (h / Math.sin(h) - 1);
    double norm = plain ? 1.7 : 1;
    double[] targetWeights = teacher.a();
    double overlap = 0;
    for (int j = 0; j < k; j++) {
      overlap += student.a()[j] * targetWeights[j];
    }
    double scale = 1.3 * correction / (2 * Math.PI);
    out.loss(out.loss() - norm * scale * overlap);
    for (int j = 0; j < k; j++) {
      out.da()[j] -= norm * scale * targetWeights[j];
    }
    if (plain) {
      for (int c = 0; c < p; c++) {
        out.dv()[c] -= scale * overlap * student.v()[c] / norm;
      }
    }
    return out;
  }

  private static float[] rounded(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Product in GF(2^m). */
  private static int multiply(int x, int y, int m) {
    int product = 0;
    for (int bit = m - 1; bit >= 0; bit--) {
      product <<= 1;
      if ((product >> m) != 0) {
        product ^= POLYNOMIAL[m];
      }
      if ((y >> bit & 1) != 0) {
        product ^= x;
      }
    }
    return product;
  }

  /** A random unit vector, orthogonal to a unit vector or to 0. */
  private static double[] unitOrthogonalTo(double[] other, SplittableRandom random) {
    double[] vector = new double[other.length];
    for (int c = 0; c < vector.length; c++) {
      vector[c] = random.nextGaussian();
    }
    // Twice: the second pass takes away what the first left by rounding.
    for (int pass = 0; pass < 2; pass++) {
      double along = 0;
      for (int c = 0; c < vector.length; c++) {
        along += vector[c] * other[c];
      }
      double squares = 0;
      for (int c = 0; c < vector.length; c++) {
        vector[c] -= along * other[c];
        squares += vector[c] * vector[c];
      }
      vector = scaled(vector, 1 / Math.sqrt(squares));
    }
    return vector;
  }

  private static double[] scaled(double[] vector, double factor) {
    double[] scaled = vector.clone();
    for (int c = 0; c < scaled.length; c++) {
      scaled[c] *= factor;
    }
    return scaled;
  }

  /** Weights of both signs, of mean 1/4, so that neither sums nor products vanish. */
  private static double[] weights(int k, SplittableRandom random) {
    double[] weights = new double[k];
    for (int j = 0; j < k; j++) {
      weights[j] = .25 + random.nextGaussian();
    }
    return weights;
  }
}
