package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JMH's lock, in a temporary folder of the test's own. */
class JmhLockTest {
  private static final String IGNORE = "jmh.ignoreLock";

  @TempDir private Path folder;
  private final Properties before = new Properties();

  @BeforeEach
  void noOtherLock() {
    before.putAll(System.getProperties());
    System.setProperty("java.io.tmpdir", folder.toString());
    System.clearProperty(IGNORE);
  }

  @AfterEach
  void asBefore() {
    for (Map.Entry<String, String> each :
        Map.of("java.io.tmpdir", "", IGNORE, "false").entrySet()) {
      System.setProperty(each.getKey(), before.getProperty(each.getKey(), each.getValue()));
    }
  }

  @Test
  void whileItIsHeldJmhTakesNoneAndNobodyElseGetsIt() throws IOException {
    try (JmhLock lock = JmhLock.take()) {
      assertThat(lock.isHeld()).isTrue();
      assertThat(System.getProperty(IGNORE)).isEqualTo("true");
      System.clearProperty(IGNORE);
      assertThatThrownBy(JmhLock::take)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(folder.resolve("jmh.lock") + " is held by another JMH");
    }
    assertThat(System.getProperty(IGNORE)).isNull();
    try (JmhLock again = JmhLock.take()) {
      assertThat(again.isHeld()).isTrue();
    }
  }

  @Test
  void whoDoesWithoutTheLockHoldsNone() throws IOException {
    System.setProperty(IGNORE, "true");
    try (JmhLock lock = JmhLock.take()) {
      assertThat(lock.isHeld()).isFalse();
    }
    assertThat(System.getProperty(IGNORE)).isEqualTo("true");
    assertThat(folder).isEmptyDirectory();
  }
}
