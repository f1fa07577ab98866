package dev.patchgrad.reports.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document that shows the recorded profiles shows those that are there. */
final class ReadmeTest {
  /** The module's folder, in which tests run. */
  private static final Path MODULE = Path.of("").toAbsolutePath();

  @Test
  void theTableIsThatOfTheRecordedProfiles() throws IOException {
    List<Profile> profiles = Profiles.all(MODULE.resolve("profiles"));
    String document = Files.readString(MODULE.resolve("README.md"));
    assertThat(ProfileTable.within(document, profiles))
        .as("run `record` or `profiles --markdown` and put the table where it belongs")
        .contains(document);
  }

  @Test
  void aLineShowsMachineAndSpeedUp(@TempDir Path root) throws IOException {
    Path run = new SyntheticRun().noise(0).record(root.resolve("runs"));
    Profile profile = Profiles.record(run, root.resolve("profiles"), false);
    // vector over scalar is 10 p / (p + 40); at p = 8 ejml, 1.5 p / (p + 8) = 0.75, is slower than
    // both, and 10 * 8 / 48 = 1.67. The mean: (1.667 * 6.154 * 9.275)^(1/3) = 4.56.
    assertThat(ProfileTable.markdown(List.of(profile)).lines().skip(2))
        .containsExactly(
            "| [`intel-emerald-rapids-2c-avx512/jdk-25`]"
                + "(profiles/intel-emerald-rapids-2c-avx512/jdk-25) | Intel(R) Xeon(R) Processor,"
                + " Emerald Rapids, 2 cores, virtual | 512 | 25.0.1+8-LTS | 3 | 4.6x | 4.6x |"
                + " 2026-11-23 | 0123456789ab |");
  }
}
