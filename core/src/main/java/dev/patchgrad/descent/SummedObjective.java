package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.kernel.GradientSums;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.List;
import java.util.Optional;

/** The loss of samples that an engine sums over. Threads may share it as far as the samples. */
final class SummedObjective implements Objective {
  private final SummedSamples samples;
  private final double lossAtZero;

  SummedObjective(SummedSamples samples) {
    Checks.requirePositive("samples: k", samples.k());
    Checks.requirePositive("samples: p", samples.p());
    this.samples = samples;
    this.lossAtZero = LabelScale.requireRepresentable(samples.lossAtZero());
  }

  @Override
  public int k() {
    return samples.k();
  }

  @Override
  public int p() {
    return samples.p();
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
    requireFits(students, out);
    LabelUnit unit = LabelUnit.of(lossAtZero, samples.precision());
    List<Student> inUnits = unit.inUnits(students);
    List<GradientSums> sums = samples.sums(inUnits, unit.factor());
    Checks.requireLength("sums", sums.size(), students.size(), "R, the number of students");
    for (int r = 0; r < sums.size(); r++) {
      sums.get(r).gradient(inUnits.get(r), out.get(r));
    }
    unit.scale(out);
  }

  private void requireFits(List<Student> students, List<Gradient> out) {
    Checks.requirePositive("students: size", students.size());
    Checks.requireLength("out", out.size(), students.size(), "R, the number of students");
    for (int r = 0; r < students.size(); r++) {
      try {
        Checks.requireLength("v", students.get(r).p(), p(), "p of the samples");
        Checks.requireLength("a", students.get(r).k(), k(), "k of the samples");
        students.get(r).check();
        out.get(r).requireFits(students.get(r));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("students[" + r + "]: " + e.getMessage(), e);
      }
    }
    Checks.requireDistinct("out", out);
  }

  @Override
  public String toString() {
    return samples.toString();
  }
}
