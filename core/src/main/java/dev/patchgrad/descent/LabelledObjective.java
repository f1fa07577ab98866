package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** An objective whose teacher is known. */
final class LabelledObjective implements OwnedObjective {
  private final Objective objective;
  private final Teacher known;

  LabelledObjective(Objective objective, Teacher known) {
    Checks.requireLength("teacher.w", known.p(), objective.p(), "p of the objective");
    Checks.requireLength("teacher.a", known.k(), objective.k(), "k of the objective");
    PopulationObjective.requireWeights(known);
    this.objective = objective;
    this.known = known;
  }

  @Override
  public int k() {
    return objective.k();
  }

  @Override
  public int p() {
    return objective.p();
  }

  @Override
  public Optional<Teacher> teacher() {
    return Optional.of(known);
  }

  @Override
  public String toString() {
    return objective + " labelled by " + known;
  }

  @Override
  public double lossAtZero() {
    return objective.lossAtZero();
  }

  @Override
  public void evaluate(List<Student> students, List<Gradient> out) {
    objective.evaluate(students, out);
  }

  @Override
  public void evaluateSignFlips(Student start, List<Gradient> out) {
    objective.evaluateSignFlips(start, out);
  }

  @Override
  public void claim(BooleanSupplier cancelled) {
    if (objective instanceof OwnedObjective owned) {
      owned.claim(cancelled);
    }
  }

  @Override
  public void release() {
    if (objective instanceof OwnedObjective owned) {
      owned.release();
    }
  }
}
