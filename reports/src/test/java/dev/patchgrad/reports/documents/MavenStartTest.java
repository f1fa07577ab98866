package dev.patchgrad.reports.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.artifact.versioning.DefaultArtifactVersion;
import org.apache.maven.artifact.versioning.VersionRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Maven starts the build, and from which folders. */
final class MavenStartTest {
  private static final Path ROOT = Project.here().folder();

  private static final Pattern RANGE =
      Pattern.compile("(?s)<requireMavenVersion>.*?<version>(.*?)</version>");

  /**
   * As the enforcer reads it: by Maven's own rules, in which a preview comes before its release.
   */
  private static boolean isTaken(String version) throws Exception {
    Matcher range = RANGE.matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertThat(range.find()).isTrue();
    return VersionRange.createFromVersionSpec(range.group(1))
        .containsVersion(new DefaultArtifactVersion(version));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3.8.1",
        "3.8.7",
        "3.8.8",
        "3.9.0",
        "3.9.6",
        "3.9.12",
        "4.0.0-rc-5",
        "4.0.0-rc-6",
        "4.0.0",
        "4.0.1",
        "4.1.0"
      })
  void maven3And4AreTaken(String version) throws Exception {
    assertThat(isTaken(version)).isTrue();
  }

  /** Earlier ones know too little, and earlier previews of Maven 4 cannot select a JDK. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "3.0.5",
        "3.6.3",
        "4.0.0-alpha-1",
        "4.0.0-alpha-13",
        "4.0.0-beta-3",
        "4.0.0-rc-1",
        "4.0.0-rc-4"
      })
  void whatCannotBuildTheProjectIsRefused(String version) throws Exception {
    assertThat(isTaken(version)).isFalse();
  }

  /** Both POM and page name the oldest one. */
  @Test
  void theReadmeNamesTheOldest() throws IOException {
    assertThat(Files.readString(ROOT.resolve("README.md"))).contains("Maven 3.8 or newer");
  }

  /**
   * In the folder bench Maven takes the whole project, as the module alone finds no core: relative
   * to the folder that it is called in, and to that of each module.
   */
  @Test
  void inTheFolderOfTheBenchmarksTheWholeProjectIsBuilt() throws IOException {
    Path bench = ROOT.resolve("bench");
    List<String> options = Files.readAllLines(bench.resolve(".mvn/maven.config"));
    assertThat(options)
        .containsExactly("--file", "../pom.xml", "-Dmaven.multiModuleProjectDirectory=..");
    assertThat(bench.resolve(options.get(1)).toRealPath())
        .isEqualTo(ROOT.resolve("pom.xml").toRealPath());
    for (String module : List.of("core", "reports", "bench")) {
      assertThat(ROOT.resolve(module).resolve("../core/src/build")).isDirectory();
    }
  }
}
