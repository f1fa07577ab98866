package dev.patchgrad.reports.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.RunFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProfilesTest {
  @TempDir private Path folder;

  private Path root() {
    return folder.resolve("profiles");
  }

  private Path run(SyntheticRun run) {
    return run.record(folder.resolve("runs"));
  }

  @Test
  void whatIsRecordedIsTheRunWithoutItsPaths() throws IOException {
    Path folder =
        run(new SyntheticRun().command("-Dbench.java=/home/ann/jdk/bin/java", "GradientBenchmark"));
    Profile profile = Profiles.record(folder, root(), false);
    Run original = Run.read(folder);
    assertThat(profile.run().results()).isEqualTo(original.results());
    Environment recorded = profile.run().environment();
    assertThat(recorded.command()).containsExactly("-Dbench.java=<path>", "GradientBenchmark");
    assertThat(recorded.hardware()).isEqualTo(original.environment().hardware());
    assertThat(recorded.work()).isEqualTo(original.environment().work());
    for (String file : Profile.FILES) {
      assertThat(Files.readString(profile.run().folder().resolve(file)))
          .doesNotContain("/home")
          .doesNotContain("/jdk/");
    }
    assertThat(Profiles.all(root())).containsExactly(profile);
  }

  @Test
  void aRunThatCannotBeAProfileLeavesNothing() {
    Path run = run(new SyntheticRun().forks(2));
    assertThatThrownBy(() -> Profiles.record(run, root(), false))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("results.json: [0].primaryMetric.rawData: 2 forks");
    assertThat(root()).doesNotExist();
  }

  @Test
  void aRecordThatCannotBeWrittenLeavesTheProfilesAsTheyWere() throws IOException {
    Profile profile =
        Profiles.record(run(new SyntheticRun().date("2026-11-23T09:00:00Z")), root(), false);
    Path run = run(new SyntheticRun().date("2026-11-24T09:00:00Z"));
    // In the way of the earlier profile, which is put aside when the new one is on disk.
    Path inTheWay = profile.run().folder().resolveSibling(".jdk-25.old");
    Files.createDirectories(inTheWay.resolve("folder").resolve("folder"));
    assertThatThrownBy(() -> Profiles.record(run, root(), true)).isInstanceOf(IOException.class);
    assertThat(Profiles.all(root())).containsExactly(profile);
    assertThat(profile.run().folder().resolveSibling(".jdk-25.new")).doesNotExist();
  }

  @Test
  void anEarlierProfileIsReplacedOnlyWhenAsked() throws IOException {
    Path first = run(new SyntheticRun().date("2026-11-23T09:00:00Z"));
    Path second = run(new SyntheticRun().date("2026-11-24T09:00:00Z"));
    Profile profile = Profiles.record(first, root(), false);
    assertThatThrownBy(() -> Profiles.record(second, root(), false))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Profiles.all(root())).containsExactly(profile);
    Profiles.record(second, root(), true);
    assertThat(Profiles.all(root()))
        .extracting(one -> one.run().environment().date())
        .containsExactly("2026-11-24T09:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/lib/jvm/java-25/bin/java, <path>",
    "-Djava.io.tmpdir=/home/ann/tmp, -Djava.io.tmpdir=<path>",
    "-Xmx1g -Dx=/Users/Ann Doe/my files/x -Xms1g, -Xmx1g -Dx=<path> -Xms1g",
    "-Dx=~/data.npy, -Dx=<path>",
    "-Dx=C:\\Users\\Ann\\x, -Dx=<path>",
    "-Dx=C:/Users/Ann, -Dx=<path>",
    "-Dx=\\\\server\\share, -Dx=<path>",
    "file:///home/ann/x, file:<path>",
    "-Xlog:gc:file=/home/ann/gc.log, -Xlog:gc:file=<path>",
    "a.jar:/home/ann/b.jar, a.jar:<path>",
    // and what is none
    "ops/s, ops/s",
    "Debian GNU/Linux, Debian GNU/Linux",
    "\\.GradientBenchmark\\., \\.GradientBenchmark\\.",
    "-Dbench.p=8 -XX:MaxVectorSize=16, -Dbench.p=8 -XX:MaxVectorSize=16",
    "reports/runs, reports/runs",
    "2026-11-23T12:00:00Z, 2026-11-23T12:00:00Z",
    "Intel(R) Xeon(R) CPU @ 2.20GHz, Intel(R) Xeon(R) CPU @ 2.20GHz",
  })
  void anAbsolutePathIsReplacedAndNothingElse(String argument, String expected) {
    Path file = Path.of("environment.json");
    String json = Json.write(Map.of("command", new String[] {argument}));
    String redacted = Redaction.redact(json, file);
    assertThat(redacted).isEqualTo(Json.write(Map.of("command", new String[] {expected})));
    Redaction.requireNoPath(redacted, file);
    if (!argument.equals(expected)) {
      assertThatThrownBy(() -> Redaction.requireNoPath(json, file))
          .hasMessageContaining("environment.json: command[0]: '" + argument + "' contains a path");
    }
  }

  /**
   * The path of a user's own batch, in a parameter, cannot be removed without changing the cell.
   */
  @Test
  void aPathThatIsNoArgumentIsRefused() throws IOException {
    Path run = run(new SyntheticRun());
    Path file = run.resolve(RunFolder.RESULTS);
    Files.writeString(
        file,
        Files.readString(file).replaceFirst("\"k\" : \"16\"", "$0, \"data\" : \"/home/x.npy\""));
    Path environment = run.resolve(RunFolder.ENVIRONMENT);
    Files.writeString(
        environment,
        Files.readString(environment)
            .replaceFirst("\"k\" : \"16\"", "$0, \"data\" : \"/home/x.npy\""));
    assertThatThrownBy(() -> Profiles.record(run, root(), false))
        .hasMessageContaining("params.data: '/home/x.npy' contains a path");
    assertThat(root()).doesNotExist();
  }
}
