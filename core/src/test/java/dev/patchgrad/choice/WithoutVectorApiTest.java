package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
          GaussianData.batch(
              new Teacher(new double[] {1, 2}, new double[] {1, 1}), 100, Precision.FLOAT, 1);
      PatchBatch back = batch.toLayout(Layout.interleaved(4)).toLayout(Layout.ROW_MAJOR);
      System.out.println("there and back: " + (back.patch(99, 1, 1) == batch.patch(99, 1, 1)));
      Student student = Student.plain(new double[] {1, 1}, new double[] {1, 1});
      Gradients gradients = Gradients.of(batch);
      System.out.println("loss: " + gradients.evaluate(student).loss());
      System.out.println(gradients.choice().explain());
      System.out.println(
          "measured: "
              + KernelChooser.ofThisMachine()
                  .measure(batch, student, Duration.ofMillis(50))
                  .slowdowns()
                  .keySet());
    }
  }

  private static String run(List<String> flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } finally {
      process.destroy();
    }
  }

  @Test
  void theSimplestKernelIsTakenWithTheReason() throws Exception {
    assertThat(run(List.of()))
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
    assertThat(run(List.of("-Dpatchgrad.kernel=interleaved")))
        .contains("patchgrad.kernel: 'interleaved' given; expected one of scalar")
        .contains("without --add-modules=jdk.incubator.vector")
        .doesNotContain("NoClassDefFoundError");
  }
}
