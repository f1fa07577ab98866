package dev.patchgrad.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds what the module may use, and that nothing of the library uses it. */
class SparkArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.patchgrad");

  @Test
  void theModuleUsesSparkAndTheRoomsThatItMay() {
    classes()
        .that()
        .resideInAPackage("dev.patchgrad.spark..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            // An array or a primitive type has no package.
            "",
            "java..",
            "org.jspecify..",
            "org.apache.spark..",
            "dev.patchgrad.spark..",
            "dev.patchgrad.network..",
            "dev.patchgrad.kernel..",
            "dev.patchgrad.choice..",
            "dev.patchgrad.data..",
            "dev.patchgrad.descent..")
        .because("it joins the library to Spark, by the API of both alone")
        .check(ALL);
  }

  @Test
  void theLibraryUsesNothingOfSpark() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.patchgrad.spark..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..", "dev.patchgrad.spark..")
        .because("the library serves without a cluster")
        .check(ALL);
  }

  @Test
  void onlyProgramsPrintAndExit() {
    noClasses()
        .that()
        .resideInAPackage("dev.patchgrad.spark..")
        .and()
        .doNotHaveSimpleName("RecoverOnCluster")
        .and()
        .doNotHaveSimpleName("ClusterTimes")
        .and()
        .doNotHaveSimpleName("SuccessOnCluster")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .because("a library reports by values and exceptions")
        .check(ALL);
  }

  @Test
  void onlyTheObjectiveTheClusterAndTheProgramsArePublic() {
    assertThat(ALL.stream())
        .filteredOn(type -> type.getPackageName().equals("dev.patchgrad.spark"))
        .filteredOn(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
        .filteredOn(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .extracting(JavaClass::getSimpleName)
        .containsExactlyInAnyOrder(
            "ClusterTimes",
            "EmbeddedCluster",
            "RecoverOnCluster",
            "SparkObjective",
            "SuccessOnCluster",
            "SuccessStudy");
  }
}
