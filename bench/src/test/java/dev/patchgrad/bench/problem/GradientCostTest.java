package dev.patchgrad.bench.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.network.Precision;
import org.junit.jupiter.api.Test;

/** Counts the operations of the formula one by one, and compares. */
class GradientCostTest {
  @Test
  void countsEveryOperationOfTheFormulaOnce() {
    int n = 3;
    int k = 4;
    int p = 5;
    int flops = 0;
    int elements = 0;
    for (int i = 0; i < n; i++) {
      elements += 1;
      for (int j = 0; j < k; j++) {
        elements += p;
        flops += 2 * p; // w^T z
        flops += 1; // the gate
        flops += 2; // f += a_j relu
        flops += 2 * p; // s += a_j z
      }
      flops += 1; // r = f - y
      flops += 2; // loss += r^2
      flops += 2 * k; // da_j += r relu
      flops += 2 * p; // dw += r s
    }
    assertThat(GradientCost.of(n, k, p, Precision.DOUBLE))
        .isEqualTo(new GradientCost(flops, 8 * elements));
    assertThat(GradientCost.of(n, k, p, Precision.FLOAT))
        .isEqualTo(new GradientCost(flops, 4 * elements));
  }

  @Test
  void doesNotOverflow() {
    assertThat(GradientCost.of(1 << 20, 1 << 10, 1 << 10, Precision.FLOAT).bytes())
        .isEqualTo(0x1p42 + 0x1p22);
  }

  @Test
  void sizesBelowOneAreRefused() {
    assertThatThrownBy(() -> GradientCost.of(1, 0, 1, Precision.FLOAT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k: 0 given; expected at least 1");
  }
}
