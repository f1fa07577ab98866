package dev.patchgrad.reports.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.json.BadRecordException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EnvironmentTest {
  private static final Path FILE = Path.of("environment.json");

  @Test
  void survivesBeingWrittenAndRead() {
    Environment environment = new SyntheticRun().environment();
    assertThat(Environment.fromJson(environment.toJson(), FILE)).isEqualTo(environment);
  }

  @Test
  void capturesThisMachine() {
    Environment synthetic = new SyntheticRun().environment();
    Preflight preflight =
        Preflight.fromJson(
            new Preflight(synthetic.jvm(), Set.of(), synthetic.work(), List.of()).toJson());
    Environment here =
        Environment.capture(
            preflight,
            synthetic.source(),
            new Environment.Intent(
                List.of("-h"),
                Environment.NOT_SIMULATED,
                "a",
                true,
                List.of("b"),
                new Rounds(7, 3)),
            new HardwareProbe().state());
    assertThat(here.source()).isEqualTo(synthetic.source());
    assertThat(here.label()).isEqualTo("a");
    assertThat(here.quick()).isTrue();
    assertThat(here.notes()).containsExactly("b");
    assertThat(here.rounds()).isEqualTo(new Rounds(7, 3));
    assertThat(here.hardware().logicalCores()).isPositive();
    assertThat(here.hardware().memoryBytes()).isPositive();
    assertThat(here.machine()).matches("[a-z0-9-]+");
    assertThat(here.machine()).isEqualTo(HardwareId.of(new HardwareProbe().hardware()));
    assertThat(here.jvm()).isEqualTo(synthetic.jvm());
    assertThat(here.work()).isEqualTo(synthetic.work());
    Environment after = here.finished(List.of("c"));
    assertThat(after.notes()).containsExactly("b", "c");
    assertThat(after.rounds()).isEqualTo(here.rounds());
    assertThat(here.agreement()).isEqualTo(Agreement.PENDING);
    assertThat(after.agreement()).isEqualTo(Agreement.PASSED);
    assertThat(after.before()).isEqualTo(here.before());
    assertThat(after.after().totalTicks()).isGreaterThanOrEqualTo(here.before().totalTicks());
    assertThat(Environment.fromJson(after.toJson(), FILE)).isEqualTo(after);
  }

  @Test
  void aRecordThatLacksWhatCameLaterIsRead() {
    SyntheticRun run = new SyntheticRun();
    String[] added = {"label", "quick", "watched", "notes", "rounds", "ownTicks"};
    String json = run.environment().toJson();
    for (String name : added) {
      json = json.replace("\"" + name + "\"", "\"unknown" + name + "\"");
    }
    Environment read = Environment.fromJson(json, FILE);
    assertThat(read.label()).isEmpty();
    assertThat(read.quick()).isFalse();
    assertThat(read.notes()).isEmpty();
    assertThat(read.busyBefore()).isNaN();
    assertThat(read.othersDuring()).isNaN();
    assertThat(read.work()).isEqualTo(run.environment().work());
  }

  @Test
  void aRevisionInShortSaysWhetherTheSourceHadChanges() {
    assertThat(new Revision("0123456789abcdef", false).inShort()).isEqualTo("0123456789ab");
    assertThat(new Revision("0123456789abcdef", true).inShort())
        .isEqualTo("0123456789ab with changes");
    assertThat(Revision.UNKNOWN.inShort()).isEqualTo("unknown");
  }

  @Test
  void refusesAnotherSchemaByName() {
    String json =
        new SyntheticRun().environment().toJson().replace("\"schema\" : 2", "\"schema\" : 1");
    assertThatThrownBy(() -> Environment.fromJson(json, FILE))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("environment.json: ")
        .hasMessageContaining("schema: version 1 found; this version reads 2");
  }

  @Test
  void refusesAMissingComponentByItsPath() {
    String json =
        new SyntheticRun()
            .environment()
            .toJson()
            .replace("\"vendor\" : \"Gen", "\"seller\" : \"Gen");
    assertThatThrownBy(() -> Environment.fromJson(json, FILE))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("environment.json: hardware")
        .hasMessageContaining("vendor");
  }

  @Test
  void aSimulatedMachineHasANameOfItsOwn() {
    assertThat(new SyntheticRun().simulated("MaxVectorSize=16").environment().machine())
        .isEqualTo("intel-emerald-rapids-2c-avx512-simulated-maxvectorsize-16");
  }

  @Test
  void stealIsAShareOfTheTimeThatPassed() {
    SystemState before = new SystemState(0, 100, 500, 1000, 10);
    SystemState after = new SystemState(0, 150, 900, 2000, 360);
    assertThat(after.stealSince(before)).isEqualTo(0.05);
    assertThat(after.busySince(before)).isEqualTo(0.6);
    assertThat(before.stealSince(before)).isNaN();
  }

  @Test
  void whatOthersUsedIsWhatIsNeitherIdleNorStolenNorTheRunsOwn() {
    SystemState before = new SystemState(0, 100, 500, 1000, 10);
    SystemState after = new SystemState(0, 150, 900, 2000, 360);
    // Of 1000 ms: 400 idle, 50 stolen, 350 the run's own. The sums are of a few doubles near 1.
    assertThat(after.othersSince(before)).isCloseTo(0.2, within(1e-15));
    SystemState silent = new SystemState(0, 150, 900, 2000, -1);
    assertThat(silent.othersSince(before)).isNaN();
  }

  /** As JDK 27 does by itself, and any JDK on a machine of one core. */
  @Test
  void whatAJvmDoesOtherwiseByItselfTellsRunsApartToo() {
    JvmFacts usual = new SyntheticRun().environment().jvm();
    assertThat(usual.unusual()).isEmpty();
    Map<String, String> compact =
        Map.of("UseCompactObjectHeaders", "true", "UseFMA", "true", "MaxHeapSize", "1");
    JvmFacts other = with(usual, compact, "Serial", List.of());
    assertThat(other.unusual()).containsExactly("UseCompactObjectHeaders=true", "UseSerialGC=true");
    List<String> arguments = List.of("-XX:+UseCompactObjectHeaders", "-XX:+UseSerialGC");
    // What an argument says already is not said twice.
    assertThat(with(usual, compact, "Serial", arguments).unusual()).isEmpty();
    JvmFacts plain =
        with(
            usual,
            Map.of("UseCompactObjectHeaders", "false", "UseFMA", "true", "MaxHeapSize", "2"),
            "G1",
            List.of());
    assertThat(plain.differences(other))
        .containsExactly("UseCompactObjectHeaders=false, there true", "collector G1, there Serial");
    assertThat(plain.differences(plain)).isEmpty();
  }

  private static JvmFacts with(
      JvmFacts of, Map<String, String> flags, String collector, List<String> arguments) {
    return new JvmFacts(
        of.vendor(),
        of.version(),
        of.name(),
        collector,
        of.availableProcessors(),
        flags,
        of.floatSpecies(),
        of.doubleSpecies(),
        arguments);
  }

  @Test
  void theLabelTheQuickModeAndTheChangedArgumentsTellRunsApart() {
    assertThat(new SyntheticRun().environment().distinction()).isEmpty();
    assertThat(
            new SyntheticRun()
                .label("before, really")
                .arguments(
                    "-Dpatchgrad.cache.L2=1048576",
                    "-Xmx2g",
                    "-Dbench.p=8",
                    "-XX:+UseParallelGC",
                    "-Xmx2g")
                .environment()
                .distinction())
        .isEqualTo("before, really; -Xmx2g -XX:+UseParallelGC");
    assertThat(new SyntheticRun().quick().environment().distinction()).isEqualTo("quick");
    assertThat(new SyntheticRun().arguments("-Da=\u001b[31m\n").environment().distinction())
        .isEqualTo("-Da=?[31m?");
  }
}
