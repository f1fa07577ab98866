package dev.patchgrad;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the arrows between the rooms: which package may use which. */
class CoreArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          // A library of the tests, which its own test holds.
          .withImportOption(location -> !location.contains("/dev/patchgrad/guard/"))
          .importPackages("dev.patchgrad");

  @ParameterizedTest(name = "{0} may use {1}")
  @CsvSource({
    "internal, ''",
    "network, internal",
    "kernel, internal network",
    "population, internal network",
    "descent, internal network kernel population choice",
    "choice, internal network kernel",
    "data, network"
  })
  void aRoomUsesOnlyTheRoomsThatItMay(String room, String others) {
    String[] allowed =
        Stream.concat(
                Stream.of(
                    room, "-java", "-jdk", "-org.ejml", "-org.jspecify", "-com.sun.management"),
                others.isEmpty() ? Stream.empty() : Stream.of(others.split(" ", -1)))
            .map(
                name ->
                    name.startsWith("-")
                        ? name.substring(1) + ".."
                        : "dev.patchgrad." + name + "..")
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage("dev.patchgrad." + room + "..")
        .should()
        .onlyDependOnClassesThat()
        // An array or a primitive type has no package.
        .resideInAnyPackage(Stream.concat(Stream.of(allowed), Stream.of("")).toArray(String[]::new))
        .allowEmptyShould(true)
        .because("data flows one way: internal, network, kernel and population, choice, descent")
        .check(CORE);
  }

  @Test
  void everyClassIsInARoom() {
    classes()
        .should()
        .resideInAnyPackage(
            Stream.of("internal", "network", "kernel", "population", "descent", "choice", "data")
                .map(room -> "dev.patchgrad." + room + "..")
                .toArray(String[]::new))
        .because("a class outside of all rooms is held by no rule")
        .check(CORE);
  }

  @Test
  void nothingPrintsOrExits() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .because("a library reports by values and exceptions")
        .check(CORE);
  }
}
