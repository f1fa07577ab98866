package dev.patchgrad.descent;

import dev.patchgrad.choice.Choice;
import dev.patchgrad.choice.KernelChooser;
import dev.patchgrad.choice.Workload;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a batch by the kernel that is fastest for as many students as come first. Threads may
 * share it.
 */
final class ChosenObjective implements Objective {
  private final PatchBatch batch;
  private final double lossAtZero;
  private volatile @Nullable Objective chosen;

  ChosenObjective(PatchBatch batch) {
    this.batch = batch;
    this.lossAtZero = LabelScale.requireRepresentable(BatchObjective.lossAtZero(List.of(batch)));
  }

  private Objective chosenFor(int students) {
    Objective now = chosen;
    return now == null ? choose(students) : now;
  }

  private synchronized Objective choose(int students) {
    Objective now = chosen;
    if (now == null) {
      Choice choice =
          KernelChooser.ofThisMachine().choose(Workload.of(batch).withStudents(students));
      PatchBatch converted = batch.toLayout(choice.createStudents().layout());
      now = new SharedObjective(() -> Objective.batch(choice.createStudents(), converted));
      chosen = now;
    }
    return now;
  }

  @Override
  public int k() {
    return batch.k();
  }

  @Override
  public int p() {
    return batch.p();
  }

  @Override
  public Optional<Teacher> teacher() {
    return Optional.empty();
  }

  @Override
  public double lossAtZero() {
    return lossAtZero;
  }

  @Override
  public void evaluate(List<Student> students, List<Gradient> out) {
    chosenFor(students.size()).evaluate(students, out);
  }

  @Override
  public void evaluateSignFlips(Student start, List<Gradient> out) {
    chosenFor(out.size()).evaluateSignFlips(start, out);
  }

  @Override
  public String toString() {
    return batch.toString();
  }
}
