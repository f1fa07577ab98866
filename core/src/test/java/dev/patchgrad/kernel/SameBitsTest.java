package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Equal calls of scalar, ejml and interleaved, and of the kernels for many students, give equal
 * bits from the first one on: interpreted, compiled by C1, and compiled by C2, at every width of
 * vectors. A sum whose order is left open, or a product that is rounded before it is added in one
 * of them alone, shows here.
 */
class SameBitsTest {
  private static final String INTERPRETED = "-Xint";
  private static final String BY_C1 = "-XX:TieredStopAtLevel=1";

  /** Compiles a method after so many calls, and waits for it. */
  private static final List<String> BY_C2 =
      List.of("-Xbatch", "-XX:-TieredCompilation", "-XX:CompileThreshold=100");

  @ParameterizedTest
  @ValueSource(ints = {16, 64})
  void interpretedAndCompiledCallsGiveTheSameBits(int bytes) throws Exception {
    try (ExecutorService executor =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      Future<ChildJvm.Outcome> interpreted = executor.submit(() -> run(bytes, 1, INTERPRETED));
      Future<ChildJvm.Outcome> byC1 = executor.submit(() -> run(bytes, 2, BY_C1));
      // 12 calls of 10 shapes: the loops of a kernel run their 100 times, and every call counts.
      Future<ChildJvm.Outcome> byC2 =
          executor.submit(() -> run(bytes, 12, BY_C2.toArray(String[]::new)));
      assertThat(interpreted.get().exit()).as(interpreted.get().text()).isZero();
      assertThat(interpreted.get().text())
          .contains("vector bits: ", "scalar double: ", "interleaved float: ")
          .doesNotContain("differs");
      assertThat(byC1.get().text()).isEqualTo(interpreted.get().text());
      assertThat(byC2.get().text()).isEqualTo(interpreted.get().text());
    }
  }

  private static ChildJvm.Outcome run(int bytes, int calls, String... flags) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(flags));
    arguments.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "-XX:MaxVectorSize=" + bytes,
            "-cp",
            ChildJvm.classPath(entry -> true),
            SameBits.class.getName(),
            String.valueOf(calls)));
    return ChildJvm.run(arguments);
  }
}
