package dev.patchgrad.bench;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.patchgrad.bench.launch.Launcher;
import dev.patchgrad.bench.suite.GradientBenchmark;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.Main;

/** Holds the arrows between the rooms, and between the modules: which may use which. */
class BenchArchitectureTest {
  private static final String ROOT = "dev.patchgrad.";

  /** Written by JMH around the suites: it uses what it likes. */
  private static final String GENERATED = "..jmh_generated";

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.patchgrad");

  private static Stream<String> words(String text) {
    return text.isEmpty() ? Stream.empty() : Stream.of(text.split(" ", -1));
  }

  @ParameterizedTest(name = "{0} may use {1}, of the core {2}, of the reports {3}, and {4}")
  @CsvSource({
    "launch, '', '', choice duel environment grid json page run statistics summary, org.openjdk.jmh",
    "problem, launch, internal network kernel descent data, run, com.sun.management",
    "roof, problem, network, '', jdk.incubator.vector org.openjdk.jmh.annotations",
    "peer, problem, network kernel, grid, dev.ludovic.netlib org.ojalgo jdk.incubator.vector",
    "suite, launch problem roof peer, internal network kernel population descent, "
        + "environment grid run, "
        + "com.sun.management org.openjdk.jmh",
    "fork, launch problem suite, network kernel choice data, choice environment json run, "
        + "jdk.incubator.vector",
    "experiments, launch, network kernel population descent, csv json page run, "
        + "org.apache.commons.statistics freemarker org.commonmark picocli",
  })
  void aRoomUsesOnlyTheRoomsThatItMay(
      String room, String others, String ofCore, String ofReports, String libraries) {
    List<String> allowed =
        // An array or a primitive type has no package.
        new ArrayList<>(List.of("", "java..", "org.jspecify..", ROOT + "bench." + room));
    words(others).forEach(other -> allowed.add(ROOT + "bench." + other));
    words(ofCore).forEach(other -> allowed.add(ROOT + other));
    words(ofReports).forEach(other -> allowed.add(ROOT + "reports." + other));
    words(libraries).forEach(library -> allowed.add(library + ".."));
    classes()
        .that()
        .resideInAPackage(ROOT + "bench." + room)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .because("the suites stand on problems, roofs and peers; the launcher loads none of them")
        .check(ALL);
  }

  @Test
  void everyClassIsInARoom() {
    classes()
        .that()
        .resideInAPackage(ROOT + "bench..")
        .should()
        .resideInAnyPackage(
            Stream.concat(
                    Stream.of(GENERATED),
                    Stream.of("launch", "problem", "roof", "peer", "suite", "fork", "experiments")
                        .map(room -> ROOT + "bench." + room))
                .toArray(String[]::new))
        .because("a class outside of all rooms is held by no rule")
        .check(ALL);
  }

  @Test
  void nothingBelowUsesBench() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "bench..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "bench..")
        .because("the core and the reports serve without the suites")
        .check(ALL);
  }

  @Test
  void theReportsUseNothingOfCore() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "reports..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.patchgrad..").and(not(resideInAPackage(ROOT + "reports.."))))
        .because("the reports run on Java 17, which loads no class of core")
        .check(ALL);
  }

  @Test
  void theCoreUsesNothingOfTheReports() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "bench..", ROOT + "reports..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "reports..")
        .because("the core is a library, and brings no tool along")
        .check(ALL);
  }

  private static int release(Class<?> type) throws IOException {
    try (InputStream stream =
            type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class");
        DataInputStream data = new DataInputStream(Objects.requireNonNull(stream))) {
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
