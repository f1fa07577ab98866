package dev.patchgrad.population;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.internal.Ejml;
import dev.patchgrad.internal.Lack;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.Optional;

/**
 * The second derivatives of the population loss under weight normalisation: [p + k][p + k], v
 * before a.
 *
 * <p>With R = |w*|, r = |v|, x = a^T a*, d = pi - phi, e the unit vector along P w*:
 *
 * <pre>
 * H_aa = (1 1^T + (pi - 1) I) / (2 pi)
 * H_av = - d / (2 pi r) a* (P w*)^T
 * H_vv = - R x / (2 pi r^2) { s e e^T - d s (e u^T + u e^T) - d c P }
 * </pre>
 */
public final class PopulationHessian {
  private PopulationHessian() {}

  /**
   * The matrix.
   *
   * @param student weight-normalised, of the teacher's k and p
   * @param teacher the teacher
   * @return [p + k][p + k], symmetric
   * @throws IllegalArgumentException if the student is plain, sizes differ, a parameter is not
   *     finite, or v = 0
   */
  public static double[][] at(Student student, Teacher teacher) {
    if (student.parametrisation() != Parametrisation.WEIGHT_NORMALISED) {
      throw new IllegalArgumentException(
          "student: parametrisation "
              + student.parametrisation()
              + " given; expected "
              + Parametrisation.WEIGHT_NORMALISED);
    }
    FilterAngle angle = ClosedForm.of(teacher).angle(student);
    int p = student.p();
    int k = student.k();
    double[] target = teacher.w();
    double[] targetWeights = teacher.a();
    double scale = Checks.norm(target);
    double r = Checks.norm(student.v());
    double[] u = new double[p];
    student.filter(u);

    double cosine = 0;
    double overlap = 0;
    for (int c = 0; c < p; c++) {
      cosine += u[c] * target[c];
    }
    for (int j = 0; j < k; j++) {
      overlap += student.a()[j] * targetWeights[j];
    }
    double[] e = new double[p];
    for (int c = 0; c < p; c++) {
      e[c] = target[c] - cosine * u[c];
    }
    double orthogonal = angle.sin() == 0 ? 0 : Checks.norm(e);
    for (int c = 0; c < p; c++) {
      e[c] = orthogonal == 0 ? 0 : e[c] / orthogonal;
    }

    double d = angle.supplement();
    double[][] hessian = new double[p + k][p + k];
    double front = -scale / r * (overlap / r) / (2 * Math.PI);
    for (int b = 0; b < p; b++) {
      for (int c = 0; c < p; c++) {
        double projection = (b == c ? 1 : 0) - u[b] * u[c];
        hessian[b][c] =
            front
                * (angle.sin() * e[b] * e[c]
                    - d * angle.sin() * (e[b] * u[c] + u[b] * e[c])
                    - d * angle.cos() * projection);
      }
      for (int j = 0; j < k; j++) {
        double mixed = -d / (2 * Math.PI * r) * targetWeights[j] * orthogonal * e[b];
        hessian[b][p + j] = mixed;
        hessian[p + j][b] = mixed;
      }
    }
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        hessian[p + i][p + j] = (i == j ? Math.PI : 1) / (2 * Math.PI);
      }
    }
    return hessian;
  }

  /**
   * The matrix's eigenvalues.
   *
   * @param student as for {@link #at}
   * @param teacher the teacher
   * @return [p + k], ascending; one is 0, since the loss does not depend on |v|
   * @throws IllegalArgumentException as {@link #at}
   * @throws UnsupportedOperationException if EJML's ejml-ddense is missing
   * @throws ArithmeticException if the eigenvalue iteration does not converge
   */
  public static double[] eigenvalues(Student student, Teacher teacher) {
    double[][] hessian = at(student, teacher);
    Optional<Lack> lack = Ejml.DOUBLE.missing();
    if (lack.isPresent()) {
      throw lack.get().refusal("eigenvalues: EJML computes them");
    }
    return SymmetricEigenvalues.of(hessian);
  }
}
