package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.environment.JvmFacts;
import dev.patchgrad.reports.environment.Species;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a machine is made to look like a lesser one. */
class PretenceTest {
  private static final Map<String, String> AVX512 =
      Map.of("UseAVX", "3", "UseSSE", "4", "MaxVectorSize", "64", "UseFMA", "true");

  private static JvmFacts jvm(Map<String, String> flags) {
    return new JvmFacts(
        "vendor", "25", "name", "G1", 2, flags, new Species(64, 2), new Species(64, 1), List.of());
  }

  @Test
  void whatWasSetToLessIsNamedAndNotWhatFollowsFromIt() {
    Map<String, String> avx =
        Map.of("UseAVX", "1", "UseSSE", "4", "MaxVectorSize", "32", "UseFMA", "false");
    assertThat(Pretence.of(jvm(avx), Set.of("UseAVX"), jvm(AVX512))).contains("UseAVX=1");
    assertThat(Pretence.of(jvm(avx), Set.of("UseAVX", "UseFMA"), jvm(AVX512)))
        .contains("UseAVX=1 -UseFMA");
  }

  @Test
  void whatIsLessForAReasonThatNobodyKnowsIsNamedAsItIs() {
    Map<String, String> avx =
        Map.of("UseAVX", "2", "UseSSE", "4", "MaxVectorSize", "32", "UseFMA", "true");
    assertThat(Pretence.of(jvm(avx), Set.of(), jvm(AVX512))).contains("MaxVectorSize=32 UseAVX=2");
  }

  @Test
  void theMachinesOwnValuesAreNoPretence() {
    assertThat(Pretence.of(jvm(AVX512), Set.of("UseAVX", "MaxVectorSize"), jvm(AVX512))).isEmpty();
    // HotSpot uses less than the processor has, on some: to ask for more is no lesser machine.
    Map<String, String> cautious =
        Map.of("UseAVX", "2", "UseSSE", "4", "MaxVectorSize", "32", "UseFMA", "true");
    assertThat(Pretence.of(jvm(AVX512), Set.of("UseAVX"), jvm(cautious))).isEmpty();
  }
}
