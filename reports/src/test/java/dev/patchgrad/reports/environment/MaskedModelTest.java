package dev.patchgrad.reports.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MaskedModelTest {
  private static final String INTEL = "GenuineIntel";

  /**
   * The flags of a Granite Rapids whose hypervisor tells family 6, model 167, as Linux has them.
   */
  private static final String MASKED_FLAGS =
      "flags\t\t: fpu sse sse2 ssse3 fma sse4_1 sse4_2 avx f16c hypervisor avx2 avx512f avx512dq"
          + " avx512ifma avx512cd avx512bw avx512vl avx_vnni avx512_bf16 avx512vbmi avx512_vbmi2"
          + " gfni vaes vpclmulqdq avx512_vnni avx512_bitalg avx512_vpopcntdq amx_bf16 avx512_fp16"
          + " amx_tile amx_int8 arch_capabilities";

  private static Hardware of(
      String vendor, String model, String says, String tier, String flags, String l1, String l2) {
    List<Cache> caches = new ArrayList<>();
    kib(l1).forEach(bytes -> caches.add(new Cache(1, "data", bytes)));
    kib(l2).forEach(bytes -> caches.add(new Cache(2, "unified", bytes)));
    return new Hardware(
            vendor,
            model,
            says,
            "6",
            "167",
            "1",
            2,
            2,
            tier,
            caches,
            8L << 30,
            true,
            "unknown",
            Extensions.of(List.of(flags)),
            "")
        .checked();
  }

  private static List<Long> kib(String sizes) {
    return sizes.equals("-")
        ? List.of()
        : Arrays.stream(sizes.split(" ")).map(size -> Long.parseLong(size) << 10).toList();
  }

  @Test
  void aProcessorThatCanDoMoreThanItsModelIsNamedByWhatItHas() {
    Hardware hardware =
        of(
            INTEL,
            "Intel(R) Xeon(R) Processor",
            "Rocket Lake",
            "avx512",
            MASKED_FLAGS,
            "48",
            "2048");
    assertThat(HardwareId.of(hardware)).isEqualTo("intel-amx-2c-avx512-l2-2m");
    assertThat(hardware.masked())
        .startsWith("model masked: says Rocket Lake, has AMX, AVX512-FP16, AVX-VNNI, AVX512-BF16,")
        .contains("L2 of 2 MiB; as do Sapphire Rapids, Emerald Rapids, Granite Rapids");
    assertThat(hardware.microarchitecture()).isEqualTo("unknown");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Of the record the widest vectors and the caches are known: L2 tells it alone.
        "GenuineIntel | Xeon | Rocket Lake | avx512 | '' | 48 | 2048 | intel-2c-avx512-l2-2m",
        "AuthenticAMD | AMD EPYC | Zen 3 | avx512 | avx512f avx512_vnni avx512_bf16 | 32 | 1024"
            + " | amd-avx512-bf16-2c-avx512-l2-1m",
        "AuthenticAMD | AMD EPYC | Zen 3 | avx2 | avx2 | 32 | 1024 | amd-2c-avx2-l2-1m",
        "AuthenticAMD | AMD EPYC 7R13 | Zen 2 | avx512 | avx512f avx_vnni avx512_bf16 | 48 | 1024"
            + " | amd-avx-vnni-2c-avx512-l2-1m",
        "AuthenticAMD | AMD EPYC | Zen 4 | avx512 | avx512f avx_vnni avx512_bf16 | 48 | 1024"
            + " | amd-avx-vnni-2c-avx512-l2-1m",
        "AuthenticAMD | AMD EPYC | Zen 4 | avx512 | avx512f avx512_bf16 | 48 | 1024"
            + " | amd-avx512-bf16-2c-avx512-l2-1m",
        "AuthenticAMD | QEMU Virtual CPU version 2.5+ | K8 / Hammer | sse | sse2 | 64 | 512"
            + " | amd-2c-sse-l2-512k",
        "AuthenticAMD | QEMU TCG CPU version 2.5+ | Athlon K7 | avx2 | avx2 | 64 | 512"
            + " | amd-2c-avx2-l2-512k",
        "GenuineIntel | Common KVM processor | Netburst | sse | sse2 | - | - | intel-2c-sse",
        "GenuineIntel | Intel Xeon Processor (Skylake) | Skylake (Server) | avx512 | avx512f"
            + " | 32 | 4096 | intel-2c-avx512-l2-4m",
        "ARM | unknown | Neoverse-N1 | sve | sve sve2 | 64 | 2048 | arm-sve2-2c-sve-l2-2m",
      })
  void aModelThatTheProcessorCannotBeIsNotInItsName(
      String vendor,
      String model,
      String says,
      String tier,
      String flags,
      String l1,
      String l2,
      String id) {
    Hardware hardware = of(vendor, model, says, tier, flags, l1, l2);
    assertThat(HardwareId.of(hardware)).isEqualTo(id);
    assertThat(hardware.masked()).startsWith("model masked: says " + says + ", ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sapphire Rapids | avx512 | amx_tile avx512_fp16 avx_vnni avx512_bf16 avx512f | 48 | 2048",
        // What a hypervisor hides is no contradiction.
        "Sapphire Rapids | avx2 | avx2 | 48 | 2048",
        "Emerald Rapids | avx512 | amx_tile avx512_fp16 avx_vnni avx512_bf16 | 48 | 2048",
        "Granite Rapids | avx512 | amx_tile amx_fp16 avx512_fp16 avx_vnni avx512_bf16 | 48 | 2048",
        "Rocket Lake | avx512 | avx512f avx512_vnni | 48 | 512",
        "Ice Lake Server | avx512 | avx512f avx512_vnni | 48 | 1280",
        "Cascade Lake | avx512 | avx512f avx512_vnni | 32 | 1024",
        // Hybrid processors have cores of two kinds; on Linux all of their caches are told.
        "Alder Lake | avx2 | avx2 avx_vnni | 32 48 | 1280 2048",
        "Raptor Lake | avx2 | avx2 avx_vnni | 32 48 | 2048 4096",
        "Alder Lake | avx512 | avx512f avx512_fp16 avx_vnni | 48 | 1280",
        "Lunar Lake | avx2 | avx2 avx_vnni | 32 48 | 2560 4096",
        "Zen 3 | avx2 | avx2 | 32 | 512",
        "Zen 4 | avx512 | avx512f avx512_vnni avx512_bf16 | 32 | 1024",
        "Zen 5 | avx512 | avx512f avx512_bf16 avx512_vp2intersect avx_vnni | 48 | 1024",
        "Neoverse-N1 | neon | asimd | 64 | 1024",
        "Neoverse-V1 | sve | sve | 64 | 1024",
        "Neoverse-V2 | sve | sve sve2 | 64 | 2048",
        "ARM64 SoC: Avalanche + Blizzard | neon | asimd | 128 64 | 16384 4096",
        // Where the system tells no cache, none contradicts.
        "Zen 4 | avx512 | avx512f | - | -",
        "Lion's Den | avx512 | amx_tile | 48 | 9999",
      })
  void aModelThatTheProcessorCanBeStays(
      String says, String tier, String flags, String l1, String l2) {
    Hardware hardware = of(INTEL, "Processor @ 2.80GHz", says, tier, flags, l1, l2);
    assertThat(hardware.masked()).isEmpty();
    assertThat(HardwareId.of(hardware)).contains(HardwareId.slug(says)).doesNotContain("-l2-");
  }

  @Test
  void theMicroarchitecturesThatModelNumbersGiveAreInTheTable() {
    for (String[] known :
        new String[][] {
          {INTEL, "6", "143", "Sapphire Rapids"},
          {INTEL, "6", "207", "Emerald Rapids"},
          {INTEL, "6", "173", "Granite Rapids"},
          {INTEL, "6", "174", "Granite Rapids"},
          {INTEL, "6", "167", "Rocket Lake"},
          {"AuthenticAMD", "25", "17", "Zen 4"},
          {"AuthenticAMD", "25", "1", "Zen 3"},
          {"AuthenticAMD", "26", "2", "Zen 5"},
          {"ARM", "8", "0xd0c", "Neoverse-N1"},
          {"ARM", "8", "0xd40", "Neoverse-V1"},
          {"ARM", "8", "0xd4f", "Neoverse-V2"},
        }) {
      assertThat(HardwareProbe.byModel(known[0], known[1], known[2])).isEqualTo(known[3]);
      assertThat(MicroarchitectureTable.ofThisModule().entries()).containsKey(known[3]);
    }
  }

  @Test
  void eachSystemSpellsExtensionsItsOwnWay() {
    assertThat(Extensions.of(List.of(MASKED_FLAGS)))
        .containsExactly(
            "amx_tile",
            "avx512_fp16",
            "avx_vnni",
            "avx512_bf16",
            "avx512_vnni",
            "avx512f",
            "avx2",
            "avx");
    assertThat(Extensions.of(List.of("Features\t: fp asimd sve sve2 i8mm")))
        .containsExactly("sve2", "sve");
    assertThat(Extensions.of(List.of("machdep.cpu.features: FPU AVX1.0", "AVX2 AVX512F")))
        .containsExactly("avx512f", "avx2", "avx");
    assertThat(Extensions.of(List.of("hw.optional.arm.FEAT_SVE2: 1", "hw.optional.neon: 1")))
        .containsExactly("sve2");
    assertThat(
            Extensions.of(
                List.of(
                    "PF_AVX512F_INSTRUCTIONS_AVAILABLE",
                    "PF_ARM_SVE_INSTRUCTIONS_AVAILABLE",
                    "PF_XMMI_INSTRUCTIONS_AVAILABLE")))
        .containsExactly("avx512f", "sve");
    assertThat(Extensions.of(List.of())).isEmpty();
  }

  /** A record that another version wrote under the wrong name is read with what is true. */
  @Test
  void aRecordOfAMaskedMachineFromBeforeIsReadWithItsTrueName() {
    Hardware of = SyntheticRun.hardware();
    String json =
        new SyntheticRun()
            .hardware(of)
            .environment()
            .toJson()
            .replace("\"extensions\"", "\"unknown-extensions\"")
            .replace("\"masked\"", "\"unknown-masked\"")
            .replace("\"Emerald Rapids\"", "\"Rocket Lake\"");
    Environment read = Environment.fromJson(json, Path.of("environment.json"));
    assertThat(read.machine()).isEqualTo("intel-2c-avx512-l2-2m");
    assertThat(read.hardware().microarchitectureInWords())
        .startsWith("model masked: says Rocket Lake, has L2 of 2 MiB");
    assertThat(Environment.fromJson(read.toJson(), Path.of("environment.json"))).isEqualTo(read);
  }
}
