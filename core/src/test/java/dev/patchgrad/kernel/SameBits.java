package dev.patchgrad.kernel;

import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import jdk.incubator.vector.DoubleVector;
import org.junit.jupiter.api.Named;

/**
 * Prints a hash of the bits of a kernel's gradients, for many shapes: the same line from every JVM
 * whose vectors are as long, however it runs the code. Kernels that sum across the lanes of a
 * vector are left out: of that sum the Vector API leaves the order open.
 */
final class SameBits {
  /** n, k, p: every tail of vectors of 2 to 16 lanes, patches of up to nine vectors, streams. */
  private static final List<int[]> SHAPES = new ArrayList<>();

  static {
    int[] dimensions = {1, 5, 8, 13, 16, 33, 64, 90, 120};
    for (int p : dimensions) {
      SHAPES.add(new int[] {3, 1 + p % 19, p});
    }
    SHAPES.add(new int[] {80, 18, 8});
  }

  private SameBits() {}

  /**
   * Prints the vectors' width, then a line for each kernel.
   *
   * @param arguments how many calls of each shape there are, which all have to give the same bits
   */
  public static void main(String[] arguments) {
    int calls = Integer.parseInt(arguments[0]);
    System.out.println("vector bits: " + DoubleVector.SPECIES_PREFERRED.vectorBitSize());
    for (Precision precision : Precision.values()) {
      List<Named<Consumer<Case>>> kernels = new ArrayList<>();
      for (Named<GradientKernel> each : KernelCases.all(precision)) {
        GradientKernel kernel = each.getPayload();
        if (!Kernels.isOrderFixed(kernel.name())) {
          continue;
        }
        kernels.add(Named.of(each.getName(), one -> one.evaluate(kernel)));
      }
      for (boolean many : new boolean[] {false, true}) {
        StudentsKernel kernel =
            precision == Precision.DOUBLE
                ? new DoubleStudentsKernel(many)
                : new FloatStudentsKernel(many);
        kernels.add(Named.of("students " + precision + many, one -> one.evaluate(kernel)));
      }
      SignFlipsKernel flips = Kernels.createSignFlips(precision);
      kernels.add(Named.of("sign-flips " + precision, one -> one.evaluate(flips)));
      for (Named<Consumer<Case>> kernel : kernels) {
        System.out.println(kernel.getName() + ": " + hash(kernel.getPayload(), precision, calls));
      }
    }
  }

  private static String hash(Consumer<Case> kernel, Precision precision, int calls) {
    int all = 1;
    for (int[] shape : SHAPES) {
      Case one = new Case(shape, precision);
      kernel.accept(one);
      int first = one.bits();
      for (int call = 1; call < calls; call++) {
        kernel.accept(one);
        if (one.bits() != first) {
          return "call " + call + " differs at n, k, p = " + Arrays.toString(shape);
        }
      }
      all = 31 * all + first;
    }
    return Integer.toHexString(all);
  }

  /** A batch, students and the space for their gradients. */
  private static final class Case {
    private final PatchBatch rows;
    private final List<Student> students = new ArrayList<>();
    private final List<Gradient> out;
    private PatchBatch batch;

    Case(int[] shape, Precision precision) {
      int n = shape[0];
      int k = shape[1];
      int p = shape[2];
      SplittableRandom random = new SplittableRandom(31 * k + p);
      double[] patches = random.doubles((long) n * k * p, -1, 1).toArray();
      double[] labels = random.doubles(n, -1, 1).toArray();
      rows =
          precision == Precision.DOUBLE
              ? DoubleBatch.wrap(patches, labels).k(k).p(p)
              : FloatBatch.wrap(floats(patches), floats(labels)).k(k).p(p);
      batch = rows;
      for (int r = 0; r < 4; r++) {
        students.add(
            Student.weightNormalised(
                random.doubles(p, -1, 1).toArray(), random.doubles(k, -1, 1).toArray()));
      }
      out = students.stream().map(Gradient::of).toList();
    }

    private static float[] floats(double[] values) {
      float[] rounded = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        rounded[i] = (float) values[i];
      }
      return rounded;
    }

    private PatchBatch batch(Layout layout) {
      if (!batch.layout().equals(layout)) {
        batch = rows.toLayout(layout);
      }
      return batch;
    }

    void evaluate(GradientKernel kernel) {
      kernel.evaluate(batch(kernel.layout()), students.getFirst(), out.getFirst());
    }

    void evaluate(StudentsKernel kernel) {
      kernel.evaluate(batch(kernel.layout()), students, out);
    }

    void evaluate(SignFlipsKernel kernel) {
      kernel.evaluate(batch(kernel.layout()), students.getFirst(), out);
    }

    int bits() {
      int bits = 1;
      for (Gradient gradient : out) {
        bits = 31 * bits + Double.hashCode(gradient.loss());
        bits = 31 * bits + Arrays.hashCode(gradient.dv());
        bits = 31 * bits + Arrays.hashCode(gradient.da());
      }
      return bits;
    }
  }
}
