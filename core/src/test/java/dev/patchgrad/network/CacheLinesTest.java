package dev.patchgrad.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Elements begin on cache lines, whatever headers and collector a JVM has. */
class CacheLinesTest {
  private static String run(String flags) throws Exception {
    List<String> all = new ArrayList<>(List.of(flags.split(" ")));
    all.addAll(List.of("-Xms256m", "-Xmx256m", "--enable-native-access=ALL-UNNAMED"));
    ChildJvm.Outcome outcome = ChildJvm.run(CacheLinesMain.class, all.toArray(String[]::new));
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    return outcome.text();
  }

  /** The addresses are C's own; before and after a collection, which moves what it can. */
  @ParameterizedTest
  @CsvSource({
    "-XX:+UseG1GC, 16, 16",
    "-XX:+UseG1GC -XX:+UseCompactObjectHeaders, 12, 16",
    "-XX:+UseG1GC -XX:-UseCompressedClassPointers, 20, 24",
    "-XX:+UseG1GC -XX:ObjectAlignmentInBytes=16, 16, 16",
    "-XX:+UseG1GC -XX:ObjectAlignmentInBytes=16 -XX:+UseCompactObjectHeaders, 12, 16",
    "-XX:+UseZGC, 16, 16",
    "-XX:+UseZGC -XX:+UseCompactObjectHeaders, 12, 16",
    "-XX:+UseShenandoahGC, 16, 16",
    "-XX:+UseShenandoahGC -XX:+UseCompactObjectHeaders, 12, 16",
    "-XX:+UseSerialGC -XX:ObjectAlignmentInBytes=64, 16, 16",
    "-XX:+UseParallelGC -XX:ObjectAlignmentInBytes=64 -XX:+UseCompactObjectHeaders, 12, 16",
  })
  void everyLargeArrayHasItsFirstElementOnALine(String flags, int ofFloats, int ofDoubles)
      throws Exception {
    assertThat(run(flags))
        .contains(
            "float, 130 KiB: 5 and 5 of 5, header " + ofFloats,
            "float, 600 KiB: 5 and 5 of 5, header " + ofFloats,
            "float, 3000 KiB: 5 and 5 of 5, header " + ofFloats,
            "double, 130 KiB: 5 and 5 of 5, header " + ofDoubles,
            "double, 600 KiB: 5 and 5 of 5, header " + ofDoubles,
            "double, 3000 KiB: 5 and 5 of 5, header " + ofDoubles);
  }

  /** These put arrays anywhere: there the header alone is known. */
  @ParameterizedTest
  @CsvSource({
    "-XX:+UseSerialGC, 16, 16",
    "-XX:+UseParallelGC -XX:+UseCompactObjectHeaders, 12, 16",
    "-XX:+UseParallelGC -XX:-UseCompressedClassPointers, 20, 24",
  })
  void theHeaderIsFoundUnderEveryCollector(String flags, int ofFloats, int ofDoubles)
      throws Exception {
    assertThat(run(flags))
        .containsPattern("float, 130 KiB: .* header " + ofFloats + "\\R")
        .containsPattern("double, 130 KiB: .* header " + ofDoubles + "\\R");
  }
}
