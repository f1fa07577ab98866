package dev.patchgrad.bench.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Precision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cell's parameters: what they come to, and how bad ones are refused. */
class GradientProblemTest {
  private static final MemoryLevel LEVELS = new MemoryLevel(48 << 10, 2 << 20, 32 << 20);
  private static final Heap HEAP = new Heap(1L << 40);

  private static Map<String, String> cell(String... changes) {
    Map<String, String> cell =
        new HashMap<>(
            Map.of("precision", "double", "p", "8", "k", "16", "kernel", "scalar", "level", "L2"));
    for (int i = 0; i < changes.length; i += 2) {
      cell.put(changes[i], changes[i + 1]);
    }
    return cell;
  }

  private static List<String> refusals(Heap heap, String... changes) {
    return catchThrowableOfType(
            BadParametersException.class, () -> GradientProblem.check(cell(changes), LEVELS, heap))
        .lines();
  }

  @Test
  void theBatchFillsTheLevel() throws BadParametersException {
    assertThat(GradientProblem.check(cell(), LEVELS, HEAP))
        .isEqualTo(new GradientProblem(Precision.DOUBLE, 8, 16, 1024));
    assertThat(GradientProblem.check(cell("precision", "float"), LEVELS, HEAP).n()).isEqualTo(2048);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "127,1", "128,1", "1280,10", "2047,15", "2048,16", "4000,16", "4096,32"})
  void samplesAreAtLeastOneAndThenWholeGroups(long bytes, int n) {
    assertThat(GradientProblem.samples(bytes, Precision.DOUBLE, 4, 4)).isEqualTo(n);
  }

  @Test
  void eachBadParameterGetsALineOfItsOwn() {
    assertThat(
            refusals(HEAP, "p", "0", "k", "x", "kernel", "foo", "precision", "half", "level", "L9"))
        .containsExactly(
            "precision: 'half' is unknown; expected float or double",
            "p: 0 given; expected at least 1",
            "k: 'x' given; expected a whole number from 1 to 2147483647",
            "level: 'L9' given; expected L1, L2, L3, DRAM or a size such as 64KiB, 2MiB, 1GiB",
            "kernel: 'foo' is unknown; expected one of " + String.join(", ", Kernels.names()));
  }

  @Test
  void whatNoArrayHoldsIsRefused() {
    assertThat(refusals(HEAP, "level", "64GiB")).singleElement().asString().contains("n * k * p");
    assertThat(refusals(HEAP, "p", "2147483647", "k", "2147483647"))
        .singleElement()
        .asString()
        .contains("n * k * p", "what a Java array holds");
    assertThat(refusals(HEAP, "level", "900000GiB", "p", "1", "k", "1"))
        .singleElement()
        .asString()
        .contains("expected at most 2147483647 samples");
  }

  @Test
  void whatTheHeapDoesNotHoldIsRefused() {
    assertThat(refusals(new Heap(1L << 30), "level", "1GiB"))
        .containsExactly(
            "level: 1GiB takes 1024 MiB of heap; expected at most 858 MiB, what this JVM has; "
                + "-jvmArgsAppend -Xmx gives more");
  }

  @Test
  void theHeapMustHoldASmallBatchInAllItsPlaces() throws BadParametersException {
    // Room for 0.9 * 140 - 64 = 62 MiB: for eight times 7 MiB, not for eight times 8.
    Heap heap = new Heap(140L << 20);
    assertThat(refusals(heap, "level", "8MiB"))
        .singleElement()
        .asString()
        .startsWith("level: 8MiB takes 64 MiB of heap; expected at most 62 MiB");
    assertThat(GradientProblem.check(cell("level", "7MiB"), LEVELS, heap).n()).isEqualTo(7168);
    // Beyond 8 MiB a batch has one place.
    assertThat(GradientProblem.check(cell("level", "9MiB"), LEVELS, heap).n()).isEqualTo(9216);
  }

  @Test
  void aHeapWithoutRoomForAnyBatchSaysWhatItNeeds() {
    // 64 MiB for JMH and the check, in nine tenths of the heap: 71.1 MiB.
    assertThat(refusals(new Heap(64L << 20), "level", "1KiB"))
        .containsExactly(
            "heap: this JVM has 64 MiB, and needs at least 72 MiB before any batch;"
                + " -jvmArgsAppend -Xmx gives more");
  }

  @Test
  void teacherAndStudentAreApart() {
    GradientProblem problem = new GradientProblem(Precision.DOUBLE, 5, 3, 4);
    assertThat(problem.student().v()).isEqualTo(problem.student().v());
    assertThat(problem.batch().label(0)).isNotZero();
  }
}
