package dev.patchgrad.descent;

import dev.patchgrad.data.NpyDataSet;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Student;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Passes over a file that is larger than the heap, in a JVM of its own; prints what comes. */
final class SmallHeapMain {
  private SmallHeapMain() {}

  /** A student of any size, the same in both JVMs. */
  static Student student(int k, int p) {
    double[] v = new double[p];
    double[] a = new double[k];
    for (int c = 0; c < p; c++) {
      v[c] = Math.sin(c + 1);
    }
    for (int j = 0; j < k; j++) {
      a[j] = 1 + .01 * j;
    }
    return Student.weightNormalised(v, a);
  }

  /**
   * Evaluates the full batch, and a pass of mini-batches.
   *
   * @param arguments the file
   */
  public static void main(String[] arguments) throws IOException {
    System.out.println("heap " + Runtime.getRuntime().maxMemory());
    try (NpyDataSet data = NpyDataSet.open(Path.of(arguments[0]))) {
      Student student = student(data.k(), data.p());
      Gradient out = Gradient.of(student);
      DataSetObjective whole = Objective.dataSet(data);
      whole.threads(4).evaluate(List.of(student), List.of(out));
      System.out.println("loss " + out.loss());
      System.out.println("da " + out.da()[1]);
      int size = (int) (data.n() / 5) + 1;
      DescentResult result =
          GradientDescent.of(whole.miniBatches(size, 1), StopRule.after(9))
              .stepSize(StepSize.of(1e-9))
              .run(student);
      System.out.println("ending " + result.ending() + " after " + result.iterations());
    }
  }
}
