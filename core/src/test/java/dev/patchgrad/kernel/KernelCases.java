package dev.patchgrad.kernel;

import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/** Every kernel of the list in both precisions: what the kernels' tests run over. */
final class KernelCases {
  /**
   * Set in the JVMs of other vector widths: fewer sizes then, still with all tails of vectors of 2
   * to 8 lanes.
   */
  static final boolean THIN = Boolean.getBoolean("patchgrad.test.thin");

  /**
   * Set in addition where the JVM has no fused multiply-add and emulates it, lane by lane, a
   * hundred times slower. Its vectors are as long as another JVM's that has one: it adds that
   * emulation alone, for which the fewest sizes do.
   */
  static final boolean WITHOUT_FMA = Boolean.getBoolean("patchgrad.test.without-fma");

  private KernelCases() {}

  /** Each kernel in both precisions. */
  static Stream<Arguments> kernels() {
    return Stream.of(Precision.values())
        .flatMap(precision -> all(precision).stream())
        .map(Arguments::of);
  }

  /**
   * Kernels for many students, in both precisions: in register tiles, for few registers and for
   * many, by blocks of samples, and, of a kernel that takes whole batches, one student after the
   * other.
   */
  static Stream<Named<StudentsKernel>> students() {
    return Stream.of(Precision.values()).flatMap(precision -> students(precision).stream());
  }

  private static List<Named<StudentsKernel>> students(Precision precision) {
    String label = " " + precision.label();
    List<Named<StudentsKernel>> all = new ArrayList<>();
    for (boolean many : new boolean[] {false, true}) {
      StudentsKernel tiles =
          precision == Precision.DOUBLE
              ? new DoubleStudentsKernel(many)
              : new FloatStudentsKernel(many);
      all.add(Named.of(tiles.name() + label + (many ? ", many registers" : ""), tiles));
    }
    for (String name : List.of(DoubleInterleavedKernel.NAME, DoubleEjmlKernel.NAME)) {
      StudentsKernel kernel = Kernels.createStudents(name, precision);
      all.add(Named.of(kernel.name() + label, kernel));
    }
    return all;
  }

  /**
   * A new kernel of each name, and the interleaved one again as it is for a batch that comes from
   * memory, whatever the batch's size.
   */
  static List<Named<GradientKernel>> all(Precision precision) {
    List<Named<GradientKernel>> all = new ArrayList<>();
    for (String name : Kernels.names()) {
      all.add(Named.of(name + " " + precision.label(), Kernels.create(name, precision)));
    }
    GradientKernel far =
        precision == Precision.DOUBLE
            ? new DoubleInterleavedKernel(0, false)
            : new FloatInterleavedKernel(0, false);
    all.add(Named.of(far.name() + " " + precision.label() + ", from memory", far));
    return all;
  }

  /** The gradient of a row-major batch, converted to the kernel's layout. */
  static Gradient evaluate(GradientKernel kernel, PatchBatch batch, Student student) {
    Gradient out = Gradient.of(student);
    kernel.evaluate(batch.toLayout(kernel.layout()), student, out);
    return out;
  }

  /** The length of the difference of two gradients' dv. */
  static double filterDistance(Gradient one, Gradient other) {
    double squares = 0;
    for (int c = 0; c < one.dv().length; c++) {
      double difference = one.dv()[c] - other.dv()[c];
      squares += difference * difference;
    }
    return Math.sqrt(squares);
  }

  /** The Euclidean length. */
  static double norm(double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  /** The same elements in double, row-major. */
  static PatchBatch toDouble(PatchBatch batch) {
    int k = batch.k();
    int p = batch.p();
    double[] patches = new double[batch.n() * k * p];
    double[] labels = new double[batch.n()];
    for (int i = 0; i < batch.n(); i++) {
      labels[i] = batch.label(i);
      for (int jc = 0; jc < k * p; jc++) {
        patches[i * k * p + jc] = batch.patch(i, jc / p, jc % p);
      }
    }
    return DoubleBatch.wrap(patches, labels).k(k).p(p);
  }
}
