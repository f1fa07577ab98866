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
import org.junit.jupiter.params.provider.ValueSource;

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
    "a>/home/ann/z, <argument>",
    "~ann/keys, <path>",
    // and what is none
    "\\.GradientBenchmark\\., \\.GradientBenchmark\\.",
    "-Dbench.p=8 -XX:MaxVectorSize=16, -Dbench.p=8 -XX:MaxVectorSize=16",
  })
  void anAbsolutePathIsReplacedAndNothingElse(String argument, String expected) {
    Path file = Path.of("environment.json");
    String json = Json.write(Map.of("command", new String[] {argument}));
    String redacted = Redaction.redact(json, file);
    assertThat(redacted).isEqualTo(Json.write(Map.of("command", new String[] {expected})));
    Redaction.requirePublic(redacted, file);
    if (!argument.equals(expected)) {
      assertThatThrownBy(() -> Redaction.requirePublic(json, file))
          .hasMessageContaining("environment.json: command[0]: '" + argument + "' contains a path");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ops/s",
        "Debian GNU/Linux",
        "reports/runs",
        "2026-11-23T12:00:00Z",
        "Intel(R) Xeon(R) CPU @ 2.20GHz",
      })
  void whatLooksLikeAPathAndIsNoneMayStandElsewhere(String text) {
    Redaction.requirePublic(Json.write(Map.of("x", text)), Path.of("environment.json"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "-Dtoken=SECRET -> -Dtoken=<value>",
        "-Dbench.label=of ann -Xmx1g -> -Dbench.label=<value> -Xmx1g",
        "-Dbench.runs=ann/runs -> -Dbench.runs=<value>",
        "--password=x -> --password=<value>",
        "--password:x -> --password:<value>",
        "-javaagent:ann.jar=key -> -javaagent:<value>",
        "-Duser.name=ann -Xmx1g -> -Duser.name=<value> -Xmx1g",
        "-XX:OnError=mail -> -XX:OnError=<value>",
        "-XX:SharedArchiveFile=ann.jsa -> -XX:SharedArchiveFile=<value>",
        "-Xlog:gc:file=ann.log -> -Xlog:gc:<value>",
        "token=SECRET -> token=<value>",
        "ann@example.org -> <argument>",
        "runs/ann -> <argument>",
        "-Dsecret -> <argument>",
        "$HOME/x -> <argument>",
        // and what tells how was measured
        "-jvmArgsAppend -> -jvmArgsAppend",
        "-XX:+UseG1GC -XX:UseAVX=1 -> -XX:+UseG1GC -XX:UseAVX=1",
        "-Xss8m -> -Xss8m",
        "-Xlog:cds=off -> -Xlog:cds=off",
        "--add-modules=jdk.incubator.vector -> --add-modules=jdk.incubator.vector",
        "--add-opens=java.base/java.lang=ALL-UNNAMED -> --add-opens=java.base/java.lang=ALL-UNNAMED",
        "-Dpatchgrad.cache.L1=32768 -> -Dpatchgrad.cache.L1=32768",
        "-Djmh.wi=4 -> -Djmh.wi=4",
        "p=8,64 -> p=8,64",
        "500ms -> 500ms",
        "GradientBenchmark|RoofBenchmark.(fma|read)$ -> GradientBenchmark|RoofBenchmark.(fma|read)$",
      })
  void ofWhatIsNoFlagOfAKnownKindOnlyTheNameStays(String argument, String expected) {
    Path file = Path.of("environment.json");
    String json = Json.write(Map.of("command", new String[] {argument}));
    String redacted = Redaction.redact(json, file);
    assertThat(redacted).isEqualTo(Json.write(Map.of("command", new String[] {expected})));
    // What was recorded once is recorded again unchanged.
    assertThat(Redaction.redact(redacted, file)).isEqualTo(redacted);
    Redaction.requirePublic(redacted, file);
    if (!argument.equals(expected)) {
      assertThatThrownBy(() -> Redaction.requirePublic(json, file))
          .hasMessageContaining("environment.json: command[0]: '")
          .hasMessageContaining("may be private");
    }
  }

  @Test
  void theFileThatAnOptionOfJmhNamesIsNotRecorded() {
    Path file = Path.of("environment.json");
    String json = Json.write(Map.of("command", new String[] {"-f", "3", "-o", "ann", "-rff", "a"}));
    assertThat(Redaction.redact(json, file))
        .isEqualTo(
            Json.write(
                Map.of("command", new String[] {"-f", "3", "-o", "<path>", "-rff", "<path>"})));
  }

  @Test
  void whoBuiltTheKernelOrTheJdkIsNotRecorded() throws IOException {
    Path run = run(new SyntheticRun());
    Path environment = run.resolve(RunFolder.ENVIRONMENT);
    Files.writeString(
        environment,
        Files.readString(environment)
            .replace("12 (bookworm)", "12 (bookworm) build 6.18.44-ann-v782+")
            .replace("25.0.1+8-LTS", "25.0.1-internal-adhoc.ann.jdk"));
    Environment recorded = Profiles.record(run, root(), false).run().environment();
    assertThat(recorded.os().version()).isEqualTo("12 (bookworm) build 6.18.44");
    assertThat(recorded.jvm().version()).isEqualTo("25.0.1-internal");
  }

  /** Two thousand words are one path, as far as anybody can tell. */
  @Test
  void anArgumentOfAnyLengthIsTakenOut() {
    String words = "-Dx=/home/ann " + "word ".repeat(20_000).trim();
    assertThat(PublicArgument.of(words)).isEqualTo("-Dx=<path>");
    assertThat(PublicArgument.of("a ".repeat(20_000).trim())).hasSize(2 * 20_000 - 1);
    assertThat(PublicArgument.of("-Dx=" + "<path>".repeat(20_000))).isEqualTo("-Dx=<path>");
    assertThat(PublicArgument.of("~" + ".-".repeat(20_000) + "/x")).isEqualTo("<path>");
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
