package dev.patchgrad.bench.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes of batches by level of memory. */
class MemoryLevelTest {
  private static final long MIB = 1 << 20;

  @Test
  void aLevelIsFilledButNotOverflowed() {
    MemoryLevel levels = new MemoryLevel(48 << 10, 2 * MIB, 260 * MIB);
    assertThat(levels.bytes("L1")).isEqualTo(24 << 10);
    assertThat(levels.bytes("L2")).isEqualTo(MIB);
    assertThat(levels.bytes("L3")).isEqualTo(8 * MIB);
    assertThat(levels.bytes("DRAM")).isEqualTo(1024 * MIB);
  }

  @Test
  void aLastLevelHardlyLargerThanL2IsStillToldApart() {
    MemoryLevel levels = new MemoryLevel(32 << 10, 2 * MIB, 3 * MIB);
    assertThat(levels.bytes("L3")).isEqualTo(5 * MIB / 2);
    assertThat(levels.bytes("DRAM")).isEqualTo(12 * MIB);
  }

  @ParameterizedTest
  @CsvSource({"17B,17", "64KiB,65536", "3MiB,3145728", "2GiB,2147483648"})
  void aSizeIsTakenAsItIs(String text, long bytes) {
    assertThat(new MemoryLevel(1, 1, 1).bytes(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"L4", "", "64", "0KiB", "64 KiB", "64kb", "-1KiB", "l2"})
  void anythingElseIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemoryLevel(1, 1, 1).bytes(text))
        .withMessage(
            "level: '"
                + text
                + "' given; expected L1, L2, L3, DRAM or a size such as 64KiB, 2MiB, 1GiB");
  }

  @Test
  void moreBytesThanANumberHoldsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemoryLevel(1, 1, 1).bytes("999999999999999GiB"))
        .withMessage(
            "level: '999999999999999GiB' given; expected fewer bytes than there are in any memory");
  }

  @Test
  void theLaunchersSizesAreRead() {
    Properties properties = new Properties();
    properties.setProperty("patchgrad.cache.L2", "524288");
    MemoryLevel levels = MemoryLevel.of(properties);
    assertThat(levels).isEqualTo(new MemoryLevel(32 << 10, 524288, 32 * MIB));
    properties.setProperty("patchgrad.cache.L2", "2M");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MemoryLevel.of(properties))
        .withMessage("patchgrad.cache.L2: '2M' given; expected bytes");
  }
}
