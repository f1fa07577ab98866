package dev.patchgrad.bench.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.reports.choice.Regret;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegretMainTest {
  @ParameterizedTest
  @ValueSource(strings = {"float", "double"})
  void eachKernelIsMeasuredAndTheChosenIsAmongThem(String precision) throws Exception {
    // Not too short for a kernel to cease to allocate within one round of warm-up.
    Regret.Shape shape = RegretMain.measure(precision, 5, 4, 200_000_000);
    assertThat(shape.nanos().keySet()).isEqualTo(Set.copyOf(Kernels.names()));
    assertThat(shape.nanos().values()).allMatch(values -> values.size() == 1 && values.get(0) > 0);
    assertThat(Kernels.names()).contains(shape.chosen());
    assertThat(shape.regret()).isGreaterThanOrEqualTo(1);
  }
}
