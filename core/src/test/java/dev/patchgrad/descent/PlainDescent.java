package dev.patchgrad.descent;

import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.population.ClosedForm;
import java.util.random.RandomGenerator;

/**
 * Population gradient descent in all p + k coordinates, in the plainest words: what others meet.
 */
final class PlainDescent {
  private final ClosedForm form;
  private final Gradient gradient;
  private final double stepSize;

  PlainDescent(Teacher teacher, double stepSize) {
    this.form = ClosedForm.of(teacher);
    this.gradient = Gradient.zeros().k(teacher.k()).p(teacher.p());
    this.stepSize = stepSize;
  }

  void run(Student student, int steps) {
    for (int step = 0; step < steps; step++) {
      form.evaluate(student, gradient);
      for (int c = 0; c < student.p(); c++) {
        student.v()[c] -= stepSize * gradient.dv()[c];
      }
      for (int j = 0; j < student.k(); j++) {
        student.a()[j] -= stepSize * gradient.da()[j];
      }
    }
  }

  double loss(Student student) {
    form.evaluate(student, gradient);
    return gradient.loss();
  }

  /** A teacher of this rho whose weights take two values, and whose filter has |w*| = scale. */
  static Teacher teacher(int k, int p, double rho, double squares, double scale) {
    // Mean S/k, and a deviation of alternating sign; the last of an odd number has none.
    double mean = Math.sqrt(rho * squares) / k;
    double deviation = Math.sqrt(Math.max(0, squares - k * mean * mean) / (k / 2 * 2));
    double[] a = new double[k];
    for (int j = 0; j < k; j++) {
      a[j] = mean + (j >= k / 2 * 2 ? 0 : j % 2 == 0 ? deviation : -deviation);
    }
    double[] w = new double[p];
    for (int c = 0; c < p; c++) {
      w[c] = scale / Math.sqrt(p);
    }
    return Teacher.of(w, a);
  }

  /** A start as in the paper, in all coordinates. */
  static Student start(Teacher teacher, RandomGenerator generator) {
    double[] v = direction(teacher.p(), generator);
    double[] a = direction(teacher.k(), generator);
    double total = 0;
    for (double weight : teacher.a()) {
      total += weight;
    }
    double scale = 0;
    for (double coordinate : teacher.w()) {
      scale += coordinate * coordinate;
    }
    double length =
        Math.abs(total)
            * Math.sqrt(scale / teacher.k())
            * Math.pow(generator.nextDouble(), 1.0 / teacher.k());
    for (int j = 0; j < a.length; j++) {
      a[j] *= length;
    }
    return Student.weightNormalised(v, a);
  }

  private static double[] direction(int dimension, RandomGenerator generator) {
    double[] direction = new double[dimension];
    double squares = 0;
    for (int c = 0; c < dimension; c++) {
      direction[c] = generator.nextGaussian();
      squares += direction[c] * direction[c];
    }
    for (int c = 0; c < dimension; c++) {
      direction[c] /= Math.sqrt(squares);
    }
    return direction;
  }
}
