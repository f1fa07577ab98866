package dev.patchgrad.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.patchgrad.reports.grid.DefaultGrid;
import dev.patchgrad.reports.grid.SuiteNames;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;

/** The lists of benchmarks: JMH's, the plugin's and ours name the same ones. */
class SuiteListTest {
  private static Set<String> written() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.patchgrad.bench")
            .stream()
            .filter(type -> !type.getPackageName().endsWith("jmh_generated"))
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.isAnnotatedWith(Benchmark.class))
            .map((JavaMethod method) -> method.getOwner().getName() + "." + method.getName())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** An empty or missing list makes the Maven goal succeed and measure nothing. */
  @Test
  void theListWhereThePluginLooksNamesEveryBenchmarkMethod()
      throws IOException, URISyntaxException {
    URI tests = SuiteListTest.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path list = Path.of(tests).resolve("META-INF/BenchmarkList");
    assertThat(list).isNotEmptyFile();
    Set<String> listed =
        BenchmarkList.readBenchmarkList(Files.newInputStream(list)).stream()
            .map(BenchmarkListEntry::getUsername)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(listed).isNotEmpty().isEqualTo(written());
  }

  @Test
  void everyBenchmarkMethodSaysWhatOneOperationDoes() {
    assertThat(SuiteList.benchmarks()).isNotEmpty().containsExactlyInAnyOrderElementsOf(written());
  }

  @Test
  void theReportsKnowTheGradientSuiteAndTheRoofsByName() {
    assertThat(written())
        .contains(
            SuiteNames.GRADIENT,
            SuiteNames.STUDENTS_TOGETHER,
            SuiteNames.STUDENTS_BLOCKS,
            SuiteNames.STUDENTS_SEPARATE)
        .containsAll(SuiteNames.ROOFS);
  }

  /** A profile holds the default grid: what that is, the reports have to know. */
  @Test
  void theReportsKnowTheDefaultGrid() {
    assertThat(values("p")).isEqualTo(texts(DefaultGrid.PATCH_DIMENSIONS));
    assertThat(values("k")).isEqualTo(texts(DefaultGrid.PATCHES));
    assertThat(values("precision")).isEqualTo(DefaultGrid.PRECISIONS);
    assertThat(values("level")).contains(DefaultGrid.LEVEL);
  }

  private static List<String> values(String parameter) {
    return ListedSuite.values("GradientBenchmark.gradient", parameter);
  }

  private static List<String> texts(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).toList();
  }
}
