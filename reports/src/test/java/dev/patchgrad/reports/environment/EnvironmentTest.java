package dev.patchgrad.reports.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.json.BadRecordException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        Preflight.fromJson(new Preflight(synthetic.jvm(), synthetic.work()).toJson());
    Environment here =
        Environment.capture(preflight, Path.of("."), List.of("-h"), Environment.NOT_SIMULATED);
    assertThat(here.hardware().logicalCores()).isPositive();
    assertThat(here.hardware().memoryBytes()).isPositive();
    assertThat(here.machine()).matches("[a-z0-9-]+");
    assertThat(here.machine()).isEqualTo(HardwareId.of(new HardwareProbe().hardware()));
    assertThat(here.jvm()).isEqualTo(synthetic.jvm());
    assertThat(here.work()).isEqualTo(synthetic.work());
    Environment after = here.finished();
    assertThat(here.agreement()).isEqualTo(Agreement.PENDING);
    assertThat(after.agreement()).isEqualTo(Agreement.PASSED);
    assertThat(after.before()).isEqualTo(here.before());
    assertThat(after.after().totalTicks()).isGreaterThanOrEqualTo(here.before().totalTicks());
    assertThat(Environment.fromJson(after.toJson(), FILE)).isEqualTo(after);
  }

  @Test
  void outsideOfARepositoryTheRevisionIsUnknown(@TempDir Path folder) {
    assertThat(Revision.of(folder)).isEqualTo(Revision.UNKNOWN);
  }

  @Test
  void aRevisionInShortSaysWhetherTheSourceHadChanges() {
    assertThat(new Revision("0123456789abcdef", false).inShort()).isEqualTo("0123456789ab");
    assertThat(new Revision("0123456789abcdef", true).inShort())
        .isEqualTo("0123456789ab with changes");
    assertThat(Revision.UNKNOWN.inShort()).isEqualTo("unknown");
  }

  @Test
  void documentsAndRecordedProfilesDoNotMakeTheSourceDirty(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("reports/profiles/a"));
    Files.createDirectories(folder.resolve("core"));
    for (String file : List.of("core/A.java", "reports/README.md", "reports/profiles/a/x.json")) {
      Files.writeString(folder.resolve(file), "1");
    }
    git(folder, "init", "-q");
    git(folder, "add", ".");
    git(
        folder,
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b.c",
        "-c",
        "commit.gpgsign=false",
        "commit",
        "-qm",
        "a");
    Files.writeString(folder.resolve("reports/README.md"), "2");
    Files.writeString(folder.resolve("reports/profiles/a/x.json"), "2");
    assertThat(Revision.of(folder.resolve("core")).dirty()).isFalse();
    Files.writeString(folder.resolve("core/A.java"), "2");
    assertThat(Revision.of(folder.resolve("reports")).dirty()).isTrue();
  }

  private static void git(Path folder, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
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
    SystemState before = new SystemState(0, 100, 500, 1000);
    assertThat(new SystemState(0, 150, 900, 2000).stealSince(before)).isEqualTo(0.05);
    assertThat(new SystemState(0, 150, 900, 2000).busySince(before)).isEqualTo(0.6);
    assertThat(before.stealSince(before)).isNaN();
  }
}
