package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

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

  /** Bytes of the longest vectors. */
  private static final int[] WIDTHS = {16, 64};

  private static final ExecutorService EXECUTOR =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  private static final Map<Integer, Outcomes> OUTCOMES = new ConcurrentHashMap<>();

  /** What the JVMs of one width say. */
  private record Outcomes(
      Future<ChildJvm.Outcome> interpreted,
      Future<ChildJvm.Outcome> byC1,
      Future<ChildJvm.Outcome> byC2) {}

  /** All at once, one for each core: they share nothing. */
  @BeforeAll
  static void start() {
    for (int bytes : WIDTHS) {
      // 12 calls of 10 shapes: the loops of a kernel run their 100 times, and every call counts.
      Future<ChildJvm.Outcome> byC2 =
          EXECUTOR.submit(() -> run(bytes, 12, BY_C2.toArray(String[]::new)));
      OUTCOMES.put(
          bytes,
          new Outcomes(
              EXECUTOR.submit(() -> run(bytes, 1, INTERPRETED)),
              EXECUTOR.submit(() -> run(bytes, 2, BY_C1)),
              byC2));
    }
  }

  @AfterAll
  static void stop() {
    EXECUTOR.shutdownNow();
  }

  @ParameterizedTest
  @FieldSource("WIDTHS")
  void interpretedAndCompiledCallsGiveTheSameBits(int bytes) throws Exception {
    Outcomes of = Objects.requireNonNull(OUTCOMES.get(bytes));
    ChildJvm.Outcome interpreted = of.interpreted().get();
    assertThat(interpreted.exit()).as(interpreted.text()).isZero();
    assertThat(interpreted.text())
        .contains("vector bits: ", "scalar double: ", "interleaved float: ")
        .doesNotContain("differs");
    assertThat(of.byC1().get().text()).isEqualTo(interpreted.text());
    assertThat(of.byC2().get().text()).isEqualTo(interpreted.text());
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
