package dev.patchgrad.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.reports.grid.PeerComparison;
import dev.patchgrad.reports.grid.SuiteNames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which kernels a suite measures, as JMH's list has them after the build. */
class KernelSetsTest {
  /** A name that the build left would be refused as an unknown kernel, in the middle of a run. */
  @Test
  void noSetIsLeftInJmhsList() {
    assertThat(ListedSuite.all())
        .allSatisfy(
            entry -> {
              String[] kernels =
                  entry
                      .getParams()
                      .orElse(java.util.Map.of())
                      .getOrDefault(SuiteNames.KERNEL, new String[0]);
              assertThat(kernels).doesNotHaveDuplicates().noneMatch(name -> name.contains(":"));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "GradientBenchmark.gradient, kernels:all",
    "RecoveryBenchmark.recover, kernels:all",
    "CliffBenchmark.gradient, kernels:contenders",
    "ThreadsBenchmark.gradient, kernels:divisible",
    "ConversionBenchmark.convert, kernels:converted",
    "SignFlipsBenchmark.separate, kernels:converted",
    "StudentsBenchmark.separate, kernels:converted",
    "StudentsBenchmark.blocks, kernels:resumable",
  })
  void aSuiteMeasuresTheKernelsOfItsSet(String benchmark, String set) {
    assertThat(ListedSuite.values(benchmark, SuiteNames.KERNEL))
        .isNotEmpty()
        .isEqualTo(KernelSets.kernels(set));
  }

  @Test
  void peersAreMeasuredBesideTheContenders() {
    List<String> expected = new ArrayList<>(PeerComparison.PEERS);
    expected.addAll(KernelSets.kernels(KernelSets.CONTENDERS));
    assertThat(ListedSuite.values("PeerBenchmark.gradient", SuiteNames.KERNEL))
        .containsExactlyInAnyOrderElementsOf(expected);
    List<String> ofMany = new ArrayList<>(PeerComparison.STUDENT_PEERS);
    ofMany.add(SuiteNames.TILES);
    ofMany.addAll(KernelSets.kernels(KernelSets.CONVERTED));
    assertThat(ListedSuite.values("StudentsPeerBenchmark.gradients", SuiteNames.KERNEL))
        .containsExactlyInAnyOrderElementsOf(ofMany);
  }

  /** What suites measured before sets had names; a new kernel joins these. */
  @Test
  void theSetsHoldTheKernelsOfRecordsOfBefore() {
    assertThat(KernelSets.kernels(KernelSets.ALL)).isEqualTo(Kernels.names());
    assertThat(KernelSets.kernels(KernelSets.CONTENDERS))
        .contains("vector", "single-touch", "interleaved")
        .doesNotContain("scalar", "ejml");
    assertThat(KernelSets.kernels(KernelSets.DIVISIBLE))
        .contains("vector", "single-touch", "interleaved");
    assertThat(KernelSets.kernels(KernelSets.CONVERTED))
        .contains("single-touch", "interleaved")
        .doesNotContain("vector");
    assertThat(KernelSets.kernels(KernelSets.RESUMABLE))
        .contains("interleaved")
        .doesNotContain("vector");
    assertThat(KernelSets.kernels("netlib-vector")).containsExactly("netlib-vector");
  }
}
