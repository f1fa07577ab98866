package dev.patchgrad.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The suite of conversions, set up as JMH would, called once in each cell. */
class ConversionBenchmarkTest {
  private static List<String> values(String parameter) {
    return ListedSuite.values("ConversionBenchmark.convert", parameter);
  }

  static Stream<Arguments> cells() {
    return values("precision").stream()
        .flatMap(
            precision ->
                values("p").stream()
                    .flatMap(
                        p ->
                            values("kernel").stream()
                                .map(kernel -> Arguments.of(precision, p, kernel))));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aConversionGivesTheKernelsLayoutAndACopyAllElements(
      String precision, String p, String kernel) throws BadParametersException {
    ConversionBenchmark benchmark = new ConversionBenchmark();
    benchmark.precision = precision;
    benchmark.p = Integer.parseInt(p);
    benchmark.k = 16;
    benchmark.level = "32KiB";
    benchmark.kernel = kernel;
    benchmark.setUp();
    PatchBatch converted = benchmark.convert();
    assertThat(converted.layout())
        .isEqualTo(Kernels.create(kernel, Precision.ofLabel(precision)).layout());
    int elements = converted.n() * converted.k() * converted.p();
    assertThat(java.lang.reflect.Array.getLength(benchmark.copy())).isEqualTo(elements);
    Object patches =
        switch (converted) {
          case DoubleBatch doubles -> doubles.patches();
          case FloatBatch floats -> floats.patches();
        };
    assertThat(benchmark.array()).hasSameClassAs(patches);
    assertThat(java.lang.reflect.Array.getLength(benchmark.array()))
        .isEqualTo(java.lang.reflect.Array.getLength(patches));
  }

  @Test
  void everyLayoutButRowMajorIsConvertedTo() {
    List<String> others =
        Kernels.names().stream()
            .filter(
                name -> !Kernels.create(name, Precision.DOUBLE).layout().equals(Layout.ROW_MAJOR))
            .toList();
    assertThat(values("kernel")).isEqualTo(others);
  }
}
