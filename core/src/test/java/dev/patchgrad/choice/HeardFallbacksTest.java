package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.ChildJvm;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Teacher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JVMs that run vectors slowly or not at all say so: one warning, whatever uses the library. */
class HeardFallbacksTest {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";

  /** What runs there. */
  static final class Program {
    private Program() {}

    /** Makes gradients on a hundred threads at once; writes the kernels that they took. */
    public static void main(String[] arguments) throws Exception {
      PatchBatch batch =
          GaussianData.of(Teacher.of(new double[] {1, 2}, new double[] {1, 1}))
              .n(100)
              .seed(1)
              .batch(Precision.DOUBLE);
      CountDownLatch together = new CountDownLatch(100);
      List<Future<String>> kernels = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(100)) {
        for (int thread = 0; thread < 100; thread++) {
          kernels.add(
              threads.submit(
                  () -> {
                    together.countDown();
                    together.await();
                    return BatchLoss.of(batch).choice().kernel();
                  }));
        }
      }
      for (Future<String> kernel : kernels) {
        System.out.println("taken: " + kernel.get());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-Dany=1, this JVM was started without --add-modules=jdk.incubator.vector",
    "-Xint, this JVM runs without a compiler",
    "-XX:TieredStopAtLevel=1, this JVM runs without C2",
    "-XX:TieredStopAtLevel=3, this JVM runs without C2"
  })
  void aHundredThreadsGiveOneWarningWithTheReason(String flag, String reason) throws Exception {
    ChildJvm.Outcome outcome =
        flag.startsWith("-D")
            ? ChildJvm.run(Program.class, flag)
            : ChildJvm.run(Program.class, VECTORS, flag);
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    assertThat(outcome.count("taken: scalar")).as(outcome.text()).isEqualTo(100);
    assertThat(outcome.count("WARNING: this JVM")).as(outcome.text()).isEqualTo(1);
    assertThat(outcome.text()).contains("WARNING: " + reason);
  }

  /** The modules that core requires, and no more: the logger then writes by itself. */
  @Test
  void theWarningIsHeardWithoutJavaLogging() throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.run(Program.class, "--limit-modules=java.base,java.management,jdk.management");
    assertThat(outcome.count("WARNING: this JVM was started without"))
        .as(outcome.text())
        .isEqualTo(1);
    assertThat(outcome.count("taken: scalar")).isEqualTo(100);
  }

  /** HotSpot's own flags cannot be read then, and the logger writes by itself. */
  @Test
  void aRuntimeOfTheBaseModuleAloneStillComputes() throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.run(Program.class, "--limit-modules=java.base,jdk.incubator.vector", VECTORS);
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    assertThat(outcome.count("taken: ")).isEqualTo(100);
    assertThat(outcome.count("INFO: this JVM does not tell its vector instructions")).isEqualTo(1);
    assertThat(outcome.text()).doesNotContain("WARNING: this").doesNotContain("taken: scalar");
  }

  @Test
  void whereVectorsAreFastNoWarningIsGiven() throws Exception {
    ChildJvm.Outcome outcome = ChildJvm.run(Program.class, VECTORS);
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    assertThat(outcome.count("taken: ")).isEqualTo(100);
    assertThat(outcome.text()).doesNotContain("WARNING: this").doesNotContain("taken: scalar");
  }
}
