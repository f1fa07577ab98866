package dev.patchgrad.bench.roof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.Heap;
import dev.patchgrad.bench.problem.MemoryLevel;
import dev.patchgrad.network.Precision;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The roofs' parameters: how bad ones are refused, and what an operation counts for. */
class RoofLoopsTest {
  @ParameterizedTest
  @CsvSource({"double, scalar", "double, 128", "float, scalar", "float, 128"})
  void everyLaneOfEverySumCountsTwice(String precision, String bits) throws BadParametersException {
    FmaRoof roof = FmaRoof.check(Map.of("precision", precision, "bits", bits));
    assertThat(roof.flops()).isEqualTo(2.0 * FmaRoof.ROUNDS * DoubleFmaLoops.SUMS * roof.lanes());
  }

  @Test
  void badParametersAreNamed() {
    assertThatThrownBy(() -> FmaRoof.check(Map.of("precision", "half", "bits", "100")))
        .isInstanceOfSatisfying(
            BadParametersException.class,
            e ->
                assertThat(e.lines())
                    .hasSize(2)
                    .contains("bits: '100' given; expected scalar, 128, 256, 512 or widest"));
    assertThatThrownBy(
            () ->
                ReadRoof.check(
                    Map.of("level", "L9", "alignment", "odd", "streams", "3"),
                    MemoryLevel.of(System.getProperties()),
                    new Heap(Long.MAX_VALUE)))
        .isInstanceOfSatisfying(
            BadParametersException.class,
            e ->
                assertThat(e.lines())
                    .hasSize(3)
                    .contains(
                        "alignment: 'odd' given; expected lines or arrays",
                        "streams: '3' given; expected 1 or 4"));
    assertThatThrownBy(
            () ->
                ReadRoof.check(
                    Map.of("level", "1GiB", "alignment", "lines", "streams", "1"),
                    MemoryLevel.of(System.getProperties()),
                    new Heap(1L << 30)))
        .hasMessageContaining("level: 1GiB takes 2048 MiB of heap");
  }

  @Test
  void vectorsThatThisMachineLacksAreGoodElsewhere() {
    assumeThat(FmaRoof.widest(Precision.FLOAT)).isLessThan(512);
    assertThatThrownBy(() -> FmaRoof.check(Map.of("precision", "float", "bits", "512")))
        .isInstanceOfSatisfying(
            BadParametersException.class, e -> assertThat(e.goodElsewhere()).isTrue());
  }

  /**
   * In software an operation takes some 1000 cycles: any kernel would show more than such a roof.
   */
  @Test
  void aJvmWithoutFusedMultiplyAddHasNoSuchRoof() throws BadParametersException {
    Map<String, String> widest = Map.of("precision", "double", "bits", "widest");
    assertThat(FmaRoof.check(widest, "true").bits()).isPositive();
    assertThat(FmaRoof.check(widest, "unknown").bits()).isPositive();
    assertThatThrownBy(() -> FmaRoof.check(widest, "false"))
        .isInstanceOfSatisfying(
            BadParametersException.class, e -> assertThat(e.goodElsewhere()).isTrue());
  }
}
