package dev.patchgrad.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.bench.launch.PreflightRequest;
import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.reports.environment.Work;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The suites of many students, sign flips and threads, set up as JMH would, called once in each
 * cell.
 *
 * <p>Set-up itself refuses a gradient that is not the scalar kernel's.
 */
class ManyGradientsBenchmarksTest {
  /** One sample in the widest cells, 32 in the smallest. */
  private static final String LEVEL = "32KiB";

  private static Stream<Map<String, String>> cells(String benchmark) {
    return ListedSuite.cells(benchmark, Map.of("level", LEVEL));
  }

  static Stream<Map<String, String>> students() {
    return cells("StudentsBenchmark.separate");
  }

  static Stream<Map<String, String>> flips() {
    return cells("SignFlipsBenchmark.separate");
  }

  static Stream<Map<String, String>> threads() {
    return cells("ThreadsBenchmark.gradient");
  }

  private static String get(Map<String, String> cell, String name) {
    return cell.getOrDefault(name, "");
  }

  /** Two kernels' losses differ by their rounding: as GradientBenchmarkTest derives it. */
  private static double tolerance(Map<String, String> cell, double loss) {
    double unit = get(cell, "precision").equals("float") ? 0x1p-24 : 0x1p-53;
    return 230 * 100 * 4 * unit * loss;
  }

  @ParameterizedTest
  @MethodSource("students")
  void oneRestartAfterTheOtherGivesTheLossOfAllInOnePass(Map<String, String> cell)
      throws BadParametersException {
    StudentsBenchmark.Together together = new StudentsBenchmark.Together();
    StudentsBenchmark.Separate separate = new StudentsBenchmark.Separate();
    separate.kernel = get(cell, "kernel");
    StudentsBenchmark.Blocks blocks = new StudentsBenchmark.Blocks();
    blocks.kernel = separate.kernel;
    for (StudentsBenchmark.Starts state : List.of(together, blocks, separate)) {
      state.precision = get(cell, "precision");
      state.p = Integer.parseInt(get(cell, "p"));
      state.k = Integer.parseInt(get(cell, "k"));
      state.students = Integer.parseInt(get(cell, "students"));
      state.level = get(cell, "level");
    }
    together.setUp();
    blocks.setUp();
    separate.setUp();
    StudentsBenchmark benchmark = new StudentsBenchmark();
    double loss = benchmark.together(together);
    assertThat(loss).isPositive();
    assertThat(benchmark.blocks(blocks)).isCloseTo(loss, within(tolerance(cell, loss)));
    assertThat(benchmark.separate(separate)).isCloseTo(loss, within(tolerance(cell, loss)));
  }

  @ParameterizedTest
  @MethodSource("flips")
  void oneFlipAfterTheOtherGivesTheLossOfAllInOnePass(Map<String, String> cell)
      throws BadParametersException {
    SignFlipsBenchmark.Together together = new SignFlipsBenchmark.Together();
    SignFlipsBenchmark.Separate separate = new SignFlipsBenchmark.Separate();
    separate.kernel = get(cell, "kernel");
    for (SignFlipsBenchmark.Flips state : List.of(together, separate)) {
      state.precision = get(cell, "precision");
      state.p = Integer.parseInt(get(cell, "p"));
      state.k = Integer.parseInt(get(cell, "k"));
      state.level = get(cell, "level");
    }
    together.setUp();
    separate.setUp();
    SignFlipsBenchmark benchmark = new SignFlipsBenchmark();
    double loss = benchmark.together(together);
    assertThat(loss).isPositive();
    assertThat(benchmark.separate(separate)).isCloseTo(loss, within(tolerance(cell, loss)));
  }

  @ParameterizedTest
  @MethodSource("threads")
  void aGradientIsComputedOnAnyNumberOfThreads(Map<String, String> cell)
      throws BadParametersException {
    ThreadsBenchmark benchmark = new ThreadsBenchmark();
    benchmark.precision = get(cell, "precision");
    benchmark.p = Integer.parseInt(get(cell, "p"));
    benchmark.k = Integer.parseInt(get(cell, "k"));
    benchmark.level = get(cell, "level");
    benchmark.kernel = get(cell, "kernel");
    benchmark.threads = get(cell, "threads");
    benchmark.setUp();
    assertThat(benchmark.gradient()).isPositive();
    benchmark.tearDown();
  }

  @Test
  void manyGradientsCountAsManyAndOnePassAsOne() throws BadParametersException {
    Map<String, String> cell =
        Map.of("precision", "double", "p", "8", "k", "16", "level", LEVEL, "kernel", "scalar");
    Work one = work(GradientBenchmark.class, "gradient", cell, Map.of());
    Work together = work(StudentsBenchmark.class, "together", cell, Map.of("students", "5"));
    assertThat(together.flops()).isEqualTo(5 * one.flops());
    assertThat(together.bytes()).isEqualTo(one.bytes());
    assertThat(work(StudentsBenchmark.class, "blocks", cell, Map.of("students", "5")))
        .extracting(Work::flops, Work::bytes)
        .containsExactly(together.flops(), together.bytes());
    Work separate = work(StudentsBenchmark.class, "separate", cell, Map.of("students", "5"));
    assertThat(separate.flops()).isEqualTo(5 * one.flops());
    assertThat(separate.bytes()).isEqualTo(5 * one.bytes());
    assertThat(work(SignFlipsBenchmark.class, "together", cell, Map.of()).flops())
        .isEqualTo(4 * one.flops());
    assertThat(work(ThreadsBenchmark.class, "gradient", cell, Map.of("threads", "all")).flops())
        .isEqualTo(one.flops());
  }

  @Test
  void badParametersAreRefused() {
    Map<String, String> cell =
        Map.of("precision", "double", "p", "8", "k", "16", "level", LEVEL, "kernel", "scalar");
    assertThatThrownBy(() -> work(ThreadsBenchmark.class, "gradient", cell, Map.of("threads", "0")))
        .isInstanceOf(BadParametersException.class)
        .hasMessageContaining("threads: '0' given; expected all, or a number from 1 to 9999");
    assertThatThrownBy(
            () -> work(StudentsBenchmark.class, "together", cell, Map.of("students", "0")))
        .isInstanceOf(BadParametersException.class)
        .hasMessageContaining("students: 0 given; expected at least 1");
  }

  private static Work work(
      Class<?> suite, String method, Map<String, String> cell, Map<String, String> more)
      throws BadParametersException {
    Map<String, String> params = new HashMap<>(cell);
    params.putAll(more);
    return SuiteList.work(new PreflightRequest.Cell(suite.getName() + "." + method, params));
  }
}
