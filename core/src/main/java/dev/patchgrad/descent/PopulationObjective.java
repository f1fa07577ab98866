package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.population.ClosedForm;
import java.util.List;
import java.util.Optional;

/** The population loss in closed form. */
final class PopulationObjective implements Objective {
  private final ClosedForm closedForm;
  private final double lossAtZero;

  PopulationObjective(ClosedForm closedForm) {
    Teacher teacher = closedForm.teacher();
    requireWeights(teacher);
    this.closedForm = closedForm;
    Student zero = Student.weightNormalised(teacher.w(), new double[teacher.k()]);
    Gradient out = Gradient.of(zero);
    closedForm.evaluate(zero, out);
    this.lossAtZero = LabelScale.requireRepresentable(out.loss());
  }

  /** Refuses a* = 0. */
  static void requireWeights(Teacher teacher) {
    if (Checks.norm(teacher.a()) == 0) {
      throw new IllegalArgumentException(
          "a*: all "
              + teacher.k()
              + " elements are 0; expected a* != 0, or nothing can be learned");
    }
  }

  @Override
  public int k() {
    return closedForm.teacher().k();
  }

  @Override
  public int p() {
    return closedForm.teacher().p();
  }

  @Override
  public Optional<Teacher> teacher() {
    return Optional.of(closedForm.teacher());
  }

  @Override
  public String toString() {
    return "population of " + closedForm.teacher();
  }

  @Override
  public double lossAtZero() {
    return lossAtZero;
  }

  @Override
  public void evaluate(List<Student> students, List<Gradient> out) {
    for (int i = 0; i < students.size(); i++) {
      closedForm.evaluate(students.get(i), out.get(i));
    }
  }
}
