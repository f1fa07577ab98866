package dev.patchgrad.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.patchgrad.network.Precision;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The roofs' loops, set up as JMH would and called once. */
class RoofBenchmarkTest {
  private final RoofBenchmark suite = new RoofBenchmark();

  @ParameterizedTest
  @CsvSource({
    "double, scalar", "double, 128", "double, 256", "double, 512", "double, widest",
    "float, scalar", "float, 128", "float, 256", "float, 512", "float, widest"
  })
  void everyLaneDoesEveryOperation(String precisionLabel, String bits)
      throws BadParametersException {
    Precision precision = Precision.ofLabel(precisionLabel);
    if (bits.matches("\\d+")) {
      assumeThat(Integer.parseInt(bits)).isLessThanOrEqualTo(FmaRoof.widest(precision));
    }
    RoofBenchmark.Arithmetic arithmetic = new RoofBenchmark.Arithmetic();
    arithmetic.precision = precisionLabel;
    arithmetic.bits = bits;
    arithmetic.setUp();

    FmaRoof roof = FmaRoof.check(Map.of("precision", precisionLabel, "bits", bits));
    int sums = DoubleFmaLoops.SUMS;
    // Sum c goes from 1 + c in steps of 1/8: multiples of a power of two, and small, so nothing is
    // rounded.
    double expected = sums + sums * (sums - 1) / 2.0 + sums * FmaRoof.ROUNDS / 8.0;
    assertThat(suite.fma(arithmetic)).isEqualTo(expected * roof.lanes());
    assertThat(suite.fmaAllThreads(arithmetic)).isEqualTo(suite.fma(arithmetic));
    assertThat(roof.flops()).isEqualTo(2.0 * FmaRoof.ROUNDS * sums * roof.lanes());
  }

  @ParameterizedTest
  @CsvSource({
    "1B, lines, 1",
    "1B, arrays, 4",
    "16KiB, lines, 1",
    "16KiB, lines, 4",
    "16KiB, arrays, 1",
    "16KiB, arrays, 4",
    "300KiB, lines, 1",
    "300KiB, lines, 4",
    "1MiB, arrays, 4"
  })
  void everyElementIsReadInEveryPass(String level, String alignment, String streams)
      throws BadParametersException {
    RoofBenchmark.Memory memory = new RoofBenchmark.Memory();
    memory.level = level;
    memory.alignment = alignment;
    memory.streams = streams;
    memory.setUp();
    ReadRoof roof =
        ReadRoof.check(
            Map.of("level", level, "alignment", alignment, "streams", streams),
            MemoryLevel.of(System.getProperties()),
            Long.MAX_VALUE);
    // All elements are 1: the sum is exact.
    assertThat(suite.read(memory)).isEqualTo(roof.bytes() / Double.BYTES);
    assertThat(suite.readAllThreads(memory)).isEqualTo(suite.read(memory));
    assertThat(roof.bytes()).isGreaterThanOrEqualTo(1);
    assertThat(roof.from() > 0).isEqualTo(alignment.equals("lines"));
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
                    Long.MAX_VALUE))
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
                    1L << 30))
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
