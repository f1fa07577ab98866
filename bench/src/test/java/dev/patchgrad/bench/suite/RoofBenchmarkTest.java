package dev.patchgrad.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.Heap;
import dev.patchgrad.bench.problem.MemoryLevel;
import dev.patchgrad.bench.roof.FmaRoof;
import dev.patchgrad.bench.roof.ReadRoof;
import dev.patchgrad.network.Precision;
import java.util.Map;
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
    int sums = (int) (roof.flops() / (2.0 * FmaRoof.ROUNDS * roof.lanes()));
    // Sum c goes from 1 + c in steps of 1/8: multiples of a power of two, and small, so nothing is
    // rounded.
    double expected = sums + sums * (sums - 1) / 2.0 + sums * FmaRoof.ROUNDS / 8.0;
    assertThat(suite.fma(arithmetic)).isEqualTo(expected * roof.lanes());
    assertThat(suite.fmaAllThreads(arithmetic)).isEqualTo(suite.fma(arithmetic));
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
            new Heap(Long.MAX_VALUE));
    // All elements are 1: the sum is exact.
    assertThat(suite.read(memory)).isEqualTo(roof.bytes() / Double.BYTES);
    assertThat(suite.readAllThreads(memory)).isEqualTo(suite.read(memory));
    assertThat(roof.bytes()).isGreaterThanOrEqualTo(1);
    assertThat(roof.from() > 0).isEqualTo(alignment.equals("lines"));
  }
}
