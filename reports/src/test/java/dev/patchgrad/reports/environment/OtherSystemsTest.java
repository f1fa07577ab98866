package dev.patchgrad.reports.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What macOS tells by sysctl and Windows in its registry and its features, as OSHI hands it on: no
 * test runs there.
 */
class OtherSystemsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // sysctl hw.optional, machdep.cpu.features and leaf7_features
        "hw.optional.arm.FEAT_DotProd: 1 hw.optional.neon: 1 hw.optional.arm64: 1 | aarch64 | neon",
        "machdep.cpu.features: FPU VME SSE4.2 AVX1.0 machdep.cpu.leaf7_features: AVX2 BMI2 | x86_64 | avx2",
        "machdep.cpu.leaf7_features: RDWRFSGS AVX2 AVX512F AVX512CD AVX512DQ | x86_64 | avx512",
        // Windows' IsProcessorFeaturePresent
        "PF_AVX_INSTRUCTIONS_AVAILABLE PF_AVX2_INSTRUCTIONS_AVAILABLE | amd64 | avx2",
        "PF_SSE4_2_INSTRUCTIONS_AVAILABLE PF_XMMI64_INSTRUCTIONS_AVAILABLE | amd64 | sse",
        "PF_ARM_V8_INSTRUCTIONS_AVAILABLE PF_ARM_V82_DP_INSTRUCTIONS_AVAILABLE | aarch64 | neon",
      })
  void theWidestVectorInstructionsAreRead(String features, String architecture, String tier) {
    assertThat(HardwareProbe.featureTier(features.toLowerCase(Locale.ROOT), architecture))
        .isEqualTo(tier);
  }
}
