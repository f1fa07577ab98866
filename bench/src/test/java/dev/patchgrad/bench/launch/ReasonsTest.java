package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** What went wrong, without the name of a class. */
class ReasonsTest {
  @Test
  void aFileIsNamedWithTheReason() {
    assertThat(Reasons.of(new NoSuchFileException("/a"))).isEqualTo("/a: there is no such file");
    assertThat(Reasons.of(new AccessDeniedException("/a"))).isEqualTo("/a: permission denied");
    assertThat(Reasons.of(new FileSystemException("/a", null, "No space left on device")))
        .isEqualTo("/a: No space left on device");
  }

  @Test
  void aMessageStandsAlone() {
    assertThat(Reasons.of(new IOException("the check failed"))).isEqualTo("the check failed");
    assertThat(Reasons.of(new UncheckedIOException(new NoSuchFileException("/a"))))
        .isEqualTo("/a: there is no such file");
    assertThat(Reasons.of(new IllegalStateException())).isEqualTo("Illegal State Exception");
  }
}
