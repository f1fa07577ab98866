package dev.patchgrad.population;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;

/**
 * How much the loss and gradient of a single Gaussian sample vary: what the error of an empirical
 * gradient over n samples, which is this divided by n, should be compared with.
 *
 * <p>In the plane of the two filters, with X = u^T Z and Y along w*'s part orthogonal to u, a unit
 * of the student gives sg = relu(X), of the teacher |w*| tau, tau = relu(cX + sY), and the filter's
 * gradient is made of h = 1[X &gt; 0] Y. Patches are independent, so everything follows from joint
 * moments of these three and from cumulants, which add over patches.
 */
public final class GradientVariance {
  private static final double ROOT = Math.sqrt(2 * Math.PI);

  private final double loss;
  private final double[] a;
  private final double filterSecondMoment;

  private GradientVariance(double loss, double[] a, double filterSecondMoment) {
    this.loss = loss;
    this.a = a;
    this.filterSecondMoment = filterSecondMoment;
  }

  /**
   * The variances at a student's parameters.
   *
   * @param student weight-normalised, of the teacher's k and p
   * @param teacher the teacher
   * @return the variances; all 0 (up to rounding) at the global minimum
   * @throws IllegalArgumentException if the student is plain, sizes differ, a parameter is not
   *     finite, v = 0, or a variance is beyond the largest double
   */
  public static GradientVariance of(Student student, Teacher teacher) {
    if (student.parametrisation() != Parametrisation.WEIGHT_NORMALISED) {
      throw new IllegalArgumentException(
          "student: parametrisation "
              + student.parametrisation()
              + " given; expected "
              + Parametrisation.WEIGHT_NORMALISED);
    }
    FilterAngle angle = ClosedForm.of(teacher).angle(student);
    double c = angle.cos();
    double s = angle.sin();
    double t = angle.supplement();
    double[] weights = student.a();
    double[] targets = teacher.a();
    double scale = Checks.norm(teacher.w());
    int k = weights.length;

    // The moments of one patch; sT2 stands for E[sg tau^2], and so on.
    double sT = (s + t * c) / (2 * Math.PI);
    double sT2 = (1 + c) * (1 + c) / (2 * ROOT);
    double sT3 = (3 * t * c + s * (2 + c * c)) / (2 * Math.PI);
    double s2T2 = (3 * s * c + t * (1 + 2 * c * c)) / (2 * Math.PI);
    double gateT = (1 + c) / (2 * ROOT);
    double gateT2 = (t + s * c) / (2 * Math.PI);
    double tH = s * t / (2 * Math.PI);
    double tH2 = (1 + c + s * s) / (2 * ROOT);
    double sTh2 = (s + t * c + s * s * s) / (2 * Math.PI);
    double t2H2 = (t * (1 + 2 * s * s) + s * c) / (2 * Math.PI);

    double[] mean = new double[k];
    double[] variance = new double[k];
    double k1 = 0;
    double k2 = 0;
    double k3 = 0;
    double k4 = 0;
    double k02 = 0;
    double k11 = 0;
    double k12 = 0;
    double k22 = 0;
    for (int j = 0; j < k; j++) {
      double x = weights[j];
      double y = -scale * targets[j];
      double m1 = (x + y) / ROOT;
      double m2 = x * x / 2 + 2 * x * y * sT + y * y / 2;
      double m3 = 2 / ROOT * (x * x * x + y * y * y) + 3 * x * y * (x + y) * sT2;
      double m4 =
          1.5 * (x * x * x * x + y * y * y * y)
              + 4 * x * y * (x * x + y * y) * sT3
              + 6 * x * x * y * y * s2T2;
      mean[j] = m1;
      variance[j] = m2 - m1 * m1;
      k1 += m1;
      k2 += m2 - m1 * m1;
      k3 += m3 - 3 * m2 * m1 + 2 * m1 * m1 * m1;
      k4 += m4 - 4 * m3 * m1 - 3 * m2 * m2 + 12 * m2 * m1 * m1 - 6 * m1 * m1 * m1 * m1;
      double h2 = x * x / 2;
      double eh = x * y * tH;
      double eh2 = x * x * (x / ROOT + y * tH2);
      double e2h2 = x * x * (x * x / 2 + 2 * x * y * sTh2 + y * y * t2H2);
      k02 += h2;
      k11 += eh;
      k12 += eh2 - m1 * h2;
      k22 += e2h2 - 2 * m1 * eh2 - m2 * h2 - 2 * eh * eh + 2 * m1 * m1 * h2;
    }
    double second = k2 + k1 * k1;
    double fourth = k4 + 4 * k3 * k1 + 3 * k2 * k2 + 6 * k2 * k1 * k1 + k1 * k1 * k1 * k1;

    double[] varianceA = new double[k];
    double outside = 0;
    for (int j = 0; j < k; j++) {
      double x = weights[j];
      double y = -scale * targets[j];
      double othersMean = k1 - mean[j];
      double othersSecond = k2 - variance[j] + othersMean * othersMean;
      double e2s2 = 1.5 * x * x + 2 * x * y * sT3 + y * y * s2T2;
      double es2 = 2 * x / ROOT + y * sT2;
      double gradient = x / 2 + y * sT + othersMean / ROOT;
      varianceA[j] = e2s2 + 2 * othersMean * es2 + othersSecond / 2 - gradient * gradient;
      double gateE2 = x * x / 2 + 2 * x * y * sT + y * y * gateT2;
      double gateE = x / ROOT + y * gateT;
      outside += x * x * (gateE2 + 2 * othersMean * gateE + othersSecond / 2);
    }
    int p = student.p();
    double inside = k22 + 2 * k12 * k1 + k2 * k02 + 2 * k11 * k11 + k02 * k1 * k1;
    double r = Checks.norm(student.v());
    // In one dimension there is no direction orthogonal to v, so that the gradient in v is 0.
    double filter = p == 1 ? 0 : ((p - 2) * outside + inside) / r / r;
    double ofLoss = (fourth - second * second) / 4;
    if (!(Double.isFinite(ofLoss) && Double.isFinite(filter))) {
      throw new IllegalArgumentException(
          "student, teacher: Var(loss) = "
              + ofLoss
              + " and E|dv|^2 = "
              + filter
              + " found; expected weights whose fourth powers, and |v| whose square, are within a"
              + " double's range");
    }
    return new GradientVariance(ofLoss, varianceA, filter);
  }

  /**
   * The variance of 1/2 (f - y)^2.
   *
   * @return Var(loss)
   */
  public double loss() {
    return loss;
  }

  /**
   * The variance of one sample's derivative in each a_j.
   *
   * @return Var(da) [k], a copy
   */
  public double[] a() {
    return a.clone();
  }

  /**
   * The mean of the squared length of one sample's gradient in v; less the squared length of the
   * mean gradient it is the variance, summed over the coordinates.
   *
   * @return E|dv|^2
   */
  public double filterSecondMoment() {
    return filterSecondMoment;
  }
}
