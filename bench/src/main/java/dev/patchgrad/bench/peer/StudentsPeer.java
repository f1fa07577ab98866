package dev.patchgrad.bench.peer;

import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The gradients of many students by other code than patchgrad's; weight-normalised students. */
abstract class StudentsPeer implements StudentsKernel {
  private final String name;
  private final Precision precision;
  private final String resolved;

  /** What the arrays were made for. */
  private @Nullable PatchBatch bound;

  private int size;

  StudentsPeer(String name, Precision precision, String resolved) {
    this.name = name;
    this.precision = precision;
    this.resolved = resolved;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Precision precision() {
    return precision;
  }

  @Override
  public final Layout layout() {
    return Layout.ROW_MAJOR;
  }

  @Override
  public final String resolved() {
    return resolved;
  }

  /** Takes another batch, or another number of students: makes what is reused. */
  abstract void bind(PatchBatch batch, int students);

  /** Writes the students' parameters side by side. */
  abstract void place(List<Student> students);

  /** Computes the sums over all samples. */
  abstract void accumulate();

  /** Writes losses and derivatives. */
  abstract void finish(List<Gradient> out);

  @Override
  public final void evaluate(PatchBatch batch, List<Student> students, List<Gradient> out) {
    if (bound != batch || size != students.size()) {
      bind(batch, students.size());
      bound = batch;
      size = students.size();
    }
    place(students);
    accumulate();
    finish(out);
  }
}
