package dev.patchgrad.reports.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HardwareTest {
  private static Hardware with(Cache... caches) {
    Hardware of = new SyntheticRun().environment().hardware();
    return new Hardware(
        of.vendor(),
        of.model(),
        of.microarchitecture(),
        of.family(),
        of.familyModel(),
        of.stepping(),
        of.physicalCores(),
        of.logicalCores(),
        of.featureTier(),
        List.of(caches),
        of.memoryBytes(),
        of.virtual(),
        of.hypervisor(),
        of.extensions(),
        "");
  }

  @Test
  void aCacheWithoutASizeIsNotTold() {
    Hardware hardware =
        with(new Cache(1, "data", 0), new Cache(2, "unified", 64), new Cache(3, "unified", 0));
    assertThat(hardware.cacheBytes()).isEmpty();
    assertThat(hardware.cacheNotes())
        .singleElement()
        .asString()
        .contains("does not tell the size of L1 and L2", "-Dbench.level=");
  }

  @Test
  void ofCoresThatDifferTheSmallestCacheCountsAndItIsSaid() {
    Hardware hardware =
        with(
            new Cache(1, "data", 48 << 10),
            new Cache(1, "instruction", 32 << 10),
            new Cache(2, "unified", 2 << 20),
            new Cache(2, "unified", 4 << 20));
    assertThat(hardware.cacheBytes()).isEqualTo(Map.of("L1", 48L << 10, "L2", 2L << 20));
    assertThat(hardware.cacheNotes())
        .singleElement()
        .asString()
        .contains("L2 caches of different sizes, from 2048 KiB to 4096 KiB", "taskset");
  }

  @Test
  void ofUsualCachesThereIsNothingToSay() {
    assertThat(with(new Cache(1, "data", 32 << 10), new Cache(2, "unified", 1 << 20)).cacheNotes())
        .isEmpty();
  }
}
