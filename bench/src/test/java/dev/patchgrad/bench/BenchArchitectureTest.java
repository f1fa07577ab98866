package dev.patchgrad.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.patchgrad.bench.launch.Launcher;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.Main;

/** Data flows one way: launcher and core below the suites, none of them beside. */
@AnalyzeClasses(packages = "dev.patchgrad", importOptions = ImportOption.DoNotIncludeTests.class)
class BenchArchitectureTest {
  /** The launcher runs on Java 17, which can load neither core nor a suite. */
  @ArchTest
  static final ArchRule LAUNCHER_USES_NO_SUITE_AND_NO_CORE =
      noClasses()
          .that()
          .resideInAPackage("dev.patchgrad.bench.launch..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.patchgrad.bench",
              "dev.patchgrad.network..",
              "dev.patchgrad.kernel..",
              "dev.patchgrad.population..",
              "dev.patchgrad.descent..",
              "dev.patchgrad.choice..");

  @ArchTest
  static final ArchRule NOTHING_BELOW_USES_BENCH =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.patchgrad.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.patchgrad.bench..");

  @ArchTest
  static final ArchRule REPORTS_USE_NOTHING_OF_CORE =
      noClasses()
          .that()
          .resideInAPackage("dev.patchgrad.reports..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.patchgrad.network..", "dev.patchgrad.kernel..", "dev.patchgrad.population..");

  private static int release(Class<?> type) throws IOException {
    try (InputStream stream =
            type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class");
        DataInputStream data = new DataInputStream(java.util.Objects.requireNonNull(stream))) {
      data.readInt();
      data.readUnsignedShort();
      // The class file's version: 45 with Java 1.1, and one more each release.
      return data.readUnsignedShort() - 44;
    }
  }

  @Test
  void theLauncherLoadsOnJava17() throws IOException {
    assertThat(release(Launcher.class)).isEqualTo(17);
    assertThat(release(Main.class)).isEqualTo(17);
    assertThat(release(dev.patchgrad.reports.run.Run.class)).isEqualTo(17);
    assertThat(release(GradientBenchmark.class)).isGreaterThanOrEqualTo(25);
  }

  /** The plugin starts the class of this name: without ours, nothing would be recorded. */
  @Test
  void jmhsMainClassOnThisClassPathIsOurs() {
    assertThat(Main.class.getProtectionDomain().getCodeSource().getLocation())
        .isEqualTo(Launcher.class.getProtectionDomain().getCodeSource().getLocation());
  }
}
