package dev.patchgrad.reports;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the arrows between the rooms: which package may use which, and which library. */
final class ReportsArchitectureTest {
  private static final String ROOT = "dev.patchgrad.reports.";

  private static final JavaClasses REPORTS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.patchgrad.reports");

  @ParameterizedTest(name = "{0} may use {1} and {2}")
  @CsvSource({
    "json, '', tools.jackson com.fasterxml.jackson.annotation",
    "csv, '', de.siegmar.fastcsv",
    "environment, json, oshi",
    "statistics, '', org.apache.commons.statistics org.apache.commons.numbers",
    "run, json environment, ''",
    "grid, json environment statistics run, ''",
    "comparison, csv json environment statistics run grid summary, ''",
    "duel, json csv statistics run summary, tools.jackson",
    "choice, environment json statistics run grid profile, ''",
    "profile, json environment statistics run grid summary, ''",
    "summary, environment statistics run grid, ''",
    "page, csv json environment statistics run grid comparison duel summary choice, org.knowm.xchart javax.imageio",
  })
  void aRoomUsesOnlyTheRoomsThatItMay(String room, String others, String libraries) {
    List<String> allowed = new ArrayList<>(List.of("", "java..", "org.jspecify..", ROOT + room));
    for (String other : others.split(" ", -1)) {
      allowed.add(ROOT + other);
    }
    for (String library : libraries.isEmpty() ? new String[0] : libraries.split(" ", -1)) {
      allowed.add(library + "..");
    }
    classes()
        .that()
        .resideInAPackage(ROOT + room)
        .should()
        .onlyDependOnClassesThat()
        // An array or a primitive type has no package.
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .because("a record flows one way: read, understood, shown")
        .check(REPORTS);
  }

  @Test
  void everyClassIsInARoom() {
    classes()
        .should()
        .resideInAnyPackage(
            Stream.of(
                    "json",
                    "csv",
                    "environment",
                    "statistics",
                    "run",
                    "grid",
                    "comparison",
                    "duel",
                    "choice",
                    "profile",
                    "summary",
                    "page",
                    "command")
                .map(room -> ROOT + room)
                .toArray(String[]::new))
        .because("a class outside of all rooms is held by no rule")
        .check(REPORTS);
  }

  @Test
  void nothingUsesTheCommands() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "command")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "command")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .because("whatever a command does, a program can do without it")
        .check(REPORTS);
  }

  @Test
  void onlyTheEntryEndsTheProgramAndNothingPrintsBesideTheCommandLine() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + "command.Patchgrad")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .because("a report is a value; the command that was given prints it")
        .check(REPORTS);
  }
}
