package dev.patchgrad.reports.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HardwareIdTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GenuineIntel | Intel(R) Xeon(R) Processor | Emerald Rapids | 2 | 2 | avx512 | intel-emerald-rapids-2c-avx512",
        "GenuineIntel | Intel(R) Xeon(R) Processor @ 2.80GHz | unknown | 2 | 4 | avx512 | intel-family6-model207-2c4t-avx512",
        "GenuineIntel | Intel(R) Xeon(R) Platinum 8488C | Sapphire Rapids | 8 | 16 | avx512 | intel-8488c-sapphire-rapids-8c16t-avx512",
        "GenuineIntel | 13th Gen Intel(R) Core(TM) i7-13700K | Raptor Lake | 16 | 24 | avx2 | intel-i7-13700k-raptor-lake-16c24t-avx2",
        "GenuineIntel | Intel(R) Core(TM) Ultra 7 258V | Lunar Lake | 8 | 8 | avx2 | intel-258v-lunar-lake-8c-avx2",
        "AuthenticAMD | AMD EPYC 9R14 96-Core Processor | Zen 4 | 4 | 8 | avx512 | amd-9r14-zen-4-4c8t-avx512",
        "AuthenticAMD | AMD Ryzen 9 7950X 16-Core Processor | Zen 4 | 16 | 32 | avx512 | amd-7950x-zen-4-16c32t-avx512",
        "AuthenticAMD | AMD EPYC | Zen 5 | 2 | 2 | avx512 | amd-zen-5-2c-avx512",
        "AuthenticAMD | QEMU Virtual CPU version 2.5+ | unknown | 1 | 1 | sse | amd-family6-model207-1c-sse",
        "Apple Inc. | Apple M2 Pro | ARM64 SoC: Avalanche + Blizzard | 12 | 12 | neon | apple-m2-arm64-soc-avalanche-blizzard-12c-neon",
        "ARM | unknown | Neoverse-V1 | 4 | 4 | sve | arm-neoverse-v1-4c-sve",
      })
  void namesAMachineReadably(
      String vendor,
      String model,
      String microarchitecture,
      int physical,
      int logical,
      String tier,
      String id) {
    assertThat(
            HardwareId.of(
                hardware(vendor, model, microarchitecture, physical, logical, tier, 8L << 30)))
        .isEqualTo(id);
  }

  @Test
  void doesNotChangeWithMemoryOrTheLastLevelCache() {
    Hardware small = hardware("GenuineIntel", "Xeon", "Emerald Rapids", 2, 2, "avx512", 8L << 30);
    Hardware large = hardware("GenuineIntel", "Xeon", "Emerald Rapids", 2, 2, "avx512", 64L << 30);
    assertThat(HardwareId.of(small)).isEqualTo(HardwareId.of(large));
  }

  @ParameterizedTest
  @CsvSource({
    "flags: avx2 fma avx512f, amd64, avx512",
    "flags: avx avx2 fma, amd64, avx2",
    "PF_AVX512F_INSTRUCTIONS_AVAILABLE, amd64, avx512",
    "flags: sse2 avx f16c, amd64, avx",
    "flags: sse4_2, amd64, sse",
    "features: asimd sve2, aarch64, sve",
    "features: asimd, aarch64, neon",
    "'', riscv64, unknown",
  })
  void theWidestVectorInstructionsAreRead(String flags, String architecture, String tier) {
    assertThat(HardwareProbe.featureTier(flags.toLowerCase(java.util.Locale.ROOT), architecture))
        .isEqualTo(tier);
  }

  @Test
  void theOwnTableTakesPrecedenceOverOshis() {
    assertThat(Microarchitectures.name("GenuineIntel", "6", "207", "unknown"))
        .isEqualTo("Emerald Rapids");
    assertThat(Microarchitectures.name("AuthenticAMD", "25", "17", "Zen 3")).isEqualTo("Zen 4");
    assertThat(Microarchitectures.name("AuthenticAMD", "26", "2", "Zen 5")).isEqualTo("Zen 5");
  }

  private static Hardware hardware(
      String vendor,
      String model,
      String microarchitecture,
      int physical,
      int logical,
      String tier,
      long memory) {
    return new Hardware(
        vendor,
        model,
        microarchitecture,
        "6",
        "207",
        "2",
        physical,
        logical,
        tier,
        List.of(),
        memory,
        false,
        "none",
        List.of(),
        "");
  }
}
