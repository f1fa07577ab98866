package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.util.Utils;

/** What JMH finds where it looks for its own JVM. */
class KnownJvmTest {
  private final String java = Utils.getCurrentJvm();
  private final Properties versions = Utils.getRecordedSystemProperties();
  private final String home = System.getProperty("java.home");

  @AfterEach
  void asBefore() {
    System.setProperty("java.home", home);
    versions.stringPropertyNames().forEach(n -> System.setProperty(n, versions.getProperty(n)));
  }

  private static Properties told() {
    Properties told = new Properties();
    told.setProperty("java.version", "26.0.1");
    told.setProperty("java.vm.version", "26.0.1+7");
    told.setProperty("java.vm.name", "Other VM");
    return told;
  }

  /** JMH's spelling of the java in a folder, as on this system. */
  private String javaOf(Path other) {
    return other + java.substring(home.length());
  }

  private void assertThatJmhFindsItsOwn() {
    assertThat(Utils.getCurrentJvm()).isEqualTo(java);
    assertThat(Utils.getRecordedSystemProperties()).isEqualTo(versions);
  }

  @Test
  void whileItPlansJmhFindsTheJvmThatMeasures() {
    String other = javaOf(Path.of(home).resolveSibling("other"));
    Properties told = told();
    told.setProperty("java.home", "where/a/link/leads");
    KnownJvm known = new KnownJvm(other, told);
    // Two parts of a run; in the second JMH fails before it has planned, and it is said again.
    for (int part = 0; part < 2; part++) {
      known.begin();
      assertThat(Utils.getCurrentJvm()).isEqualTo(other);
      assertThat(Utils.getRecordedSystemProperties()).isEqualTo(told());
      known.end();
      assertThatJmhFindsItsOwn();
    }
    known.end();
    assertThatJmhFindsItsOwn();
  }

  @Test
  void whereTheJvmDoesNotSayAllJmhAsksItself() {
    Properties told = told();
    told.remove("java.vm.version");
    new KnownJvm(javaOf(Path.of(home).resolveSibling("other")), told).begin();
    assertThatJmhFindsItsOwn();
    // Found by the system, so that nobody knows its folder.
    new KnownJvm("java", told()).begin();
    assertThatJmhFindsItsOwn();
  }

  @Test
  void aJvmThatCannotBeAskedIsNotKnown() {
    String none = javaOf(Path.of(home).resolveSibling("no-such-folder"));
    KnownJvm.ask(new ForkJvm(none, List.of(), List.of(), "", List.of())).begin();
    assertThatJmhFindsItsOwn();
  }
}
