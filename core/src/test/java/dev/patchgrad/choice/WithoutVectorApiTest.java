package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.ChildJvm;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the library in a JVM that was started without the incubator module. */
class WithoutVectorApiTest {
  /** What runs there. */
  static final class Program {
    private Program() {}

    /** Computes a gradient; writes why it was computed so. */
    public static void main(String[] arguments) {
      PatchBatch batch =
          GaussianData.of(Teacher.of(new double[] {1, 2}, new double[] {1, 1}))
              .n(100)
              .seed(1)
              .batch(Precision.FLOAT);
      PatchBatch back = batch.toLayout(Layout.interleaved(4)).toLayout(Layout.ROW_MAJOR);
      System.out.println("there and back: " + (back.patch(99, 1, 1) == batch.patch(99, 1, 1)));
      Student student = Student.plain(new double[] {1, 1}, new double[] {1, 1});
      BatchLoss loss = BatchLoss.of(batch);
      System.out.println("loss: " + loss.gradient(student).loss());
      System.out.println(loss.choice().explain());
      System.out.println(
          "measured: "
              + KernelChooser.ofThisMachine()
                  .measure(batch, student, Duration.ofMillis(50))
                  .slowdowns()
                  .keySet());
    }
  }

  @Test
  void theSimplestKernelIsTakenWithTheReason() throws Exception {
    assertThat(ChildJvm.run(Program.class).text())
        .contains("there and back: true")
        .containsPattern("loss: \\d")
        .contains("vectors of 0 bits")
        .contains("this JVM was started without --add-modules=jdk.incubator.vector")
        .contains("taken: scalar, which needs no vectors")
        .containsPattern("measured: \\[scalar.*\\]")
        .doesNotContain("Exception");
  }

  @Test
  void aKernelThatCannotBeLoadedIsRefusedWhereItIsAskedFor() throws Exception {
    assertThat(ChildJvm.run(Program.class, "-Dpatchgrad.kernel=interleaved").text())
        .contains("patchgrad.kernel: 'interleaved' given; expected one of scalar")
        .contains("without --add-modules=jdk.incubator.vector")
        .doesNotContain("NoClassDefFoundError");
  }

  /** Asks for what uses vectors by its name. */
  static final class Asking {
    private Asking() {}

    /** Writes what each request is answered with. */
    public static void main(String[] arguments) {
      for (String name : Kernels.names()) {
        answer(name, () -> Kernels.create(name, Precision.FLOAT));
        answer(name + " on threads", () -> Kernels.create(name, Precision.FLOAT, 2).close());
        answer(name + " for students", () -> Kernels.createStudents(name, Precision.FLOAT));
      }
      answer("students", () -> Kernels.createStudents(Precision.DOUBLE));
      answer("lanes", () -> Kernels.studentsSideBySide(Precision.DOUBLE));
      answer("lanes of two", () -> Kernels.studentLanes(Precision.DOUBLE, 2));
      answer("sign-flips", () -> Kernels.createSignFlips(Precision.DOUBLE));
    }

    private static void answer(String name, Runnable request) {
      try {
        request.run();
        System.out.println(name + ": there");
      } catch (UnsupportedOperationException | IllegalArgumentException e) {
        System.out.println(name + ": " + e.getMessage());
      }
    }
  }

  @Test
  void everyKernelIsThereOrRefusedWithTheFlagThatItNeeds() throws Exception {
    String text = ChildJvm.run(Asking.class).text();
    assertThat(text).contains("scalar: there", "ejml: there", "scalar on threads: there");
    assertThat(text).doesNotContain("NoClassDefFoundError");
    String refusal =
        "' given, but this JVM was started without --add-modules=jdk.incubator.vector; add this"
            + " flag to the command line";
    for (String name : List.of("vector", "single-touch", "interleaved")) {
      for (String use : List.of("", " on threads", " for students")) {
        assertThat(text).contains(name + use + ": kernel: '" + name + refusal);
      }
    }
    for (String use : List.of("students", "lanes", "lanes of two")) {
      assertThat(text).contains(use + ": kernel: 'students" + refusal);
    }
    assertThat(text).contains("sign-flips: kernel: 'sign-flips" + refusal);
  }
}
