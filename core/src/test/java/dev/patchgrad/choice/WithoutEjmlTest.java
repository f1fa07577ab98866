package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.ChildJvm;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.population.PopulationHessian;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the library on class paths that lack a jar of EJML's. */
class WithoutEjmlTest {
  /** What runs there. */
  static final class Program {
    private Program() {}

    /** Writes what can be had. */
    public static void main(String[] arguments) {
      for (Precision precision : Precision.values()) {
        for (int threads : new int[] {1, 2}) {
          Choice choice =
              KernelChooser.ofThisMachine()
                  .choose(Workload.of(precision).k(16).p(64).n(100).withThreads(threads));
          System.out.println(precision + " on " + threads + ": " + choice.explain());
        }
        try {
          System.out.println(precision + ": " + Kernels.create("ejml", precision).resolved());
        } catch (UnsupportedOperationException e) {
          System.out.println(precision + ": " + e.getMessage());
        }
      }
      Student student = Student.weightNormalised(new double[] {1, 2}, new double[] {1, 1});
      Teacher teacher = Teacher.of(new double[] {1, 1}, new double[] {1, 1});
      System.out.println("Hessian: " + PopulationHessian.at(student, teacher).length);
      try {
        System.out.println(
            "eigenvalues: " + PopulationHessian.eigenvalues(student, teacher).length);
      } catch (UnsupportedOperationException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static String run(Predicate<String> classPath) throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.run(Program.class, classPath, "--add-modules=jdk.incubator.vector");
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    return outcome.text();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ejml-", "ejml-core", "ejml-ddense"})
  void onlyTheKernelAndTheEigenvaluesThatNeedItAreMissing(String jar) throws Exception {
    String text = run(entry -> !entry.contains(jar));
    assertThat(text)
        .contains("this JVM was started without ejml-ddense, which is needed by ejml")
        .containsPattern("DOUBLE on 2(.*\n)+?taken: (vector|single-touch|interleaved)")
        .containsPattern("FLOAT on 1(.*\n)+?taken: (vector|single-touch|interleaved)")
        .contains(
            "DOUBLE: kernel: 'ejml' given, but this JVM was started without ejml-ddense; add"
                + " org.ejml:ejml-ddense to the class path")
        .contains("Hessian: 4")
        .contains("eigenvalues: EJML computes them, but this JVM was started without ejml-ddense")
        .doesNotContain("taken: scalar")
        .doesNotContain("add-modules")
        .doesNotContain("WARNING: this JVM");
  }

  /** As core's users have it by default: the jar is theirs to add. */
  @Test
  void withoutTheJarOfFloatTheKernelComputesInDouble() throws Exception {
    assertThat(run(entry -> !entry.contains("ejml-fdense")))
        .contains("this JVM was started without ejml-fdense, which is needed by ejml")
        .contains("FLOAT: kernel: 'ejml' given, but this JVM was started without ejml-fdense")
        .contains("DOUBLE: EJML dense row-major")
        .contains("eigenvalues: 4")
        .doesNotContain("ejml-ddense");
  }
}
