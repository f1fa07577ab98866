package dev.patchgrad.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.guard.clean.CleanCode;
import dev.patchgrad.guard.planted.Excused;
import dev.patchgrad.guard.planted.FaultyCode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Finds faults in byte code, with their lines, and reports nothing else. */
class VectorHygieneTest {
  private static final Pattern PLACE =
      Pattern.compile(
          "\n\tat dev\\.patchgrad\\.guard\\.planted\\.(\\S+)\\((\\w+\\.java)(:\\d+)?\\)");

  /** The classes and members that a rule's test names, each once. */
  private static Set<String> places(@Nullable String text) {
    return PLACE
        .matcher(String.valueOf(text))
        .results()
        .map(found -> found.group(1).replaceFirst("\\$\\d+$", ""))
        .collect(Collectors.toSet());
  }

  @Test
  void everyPlantedFaultIsFoundByItsRuleAndNothingElse() {
    Map<String, String> found = Runs.of(FaultyCode.class);
    assertThat(found).hasSize(5);
    assertThat(places(found.get("CROSSES")))
        .containsExactlyInAnyOrder(
            "Vectors$BoxedHelper.powers",
            "Vectors$MixedSpecies.sum",
            "Vectors$Operation.apply",
            "Vectors$VectorsInList.collect",
            "Vectors$CastVectorsInList.collect",
            "Vectors$ErasedCall.lambda$static",
            "Vectors$ErasedCall.apply",
            "Vectors$ForeignCall.first");
    assertThat(places(found.get("CONSTANT")))
        .containsExactlyInAnyOrder("Vectors$MaskInObject.tail", "Vectors$SpeciesNotFinal.species");
    assertThat(places(found.get("STORED")))
        .containsExactlyInAnyOrder(
            "Vectors$EscapingVector.keep",
            "Vectors$VectorInField.sum",
            "Vectors$VectorsInArray.sum");
    assertThat(places(found.get("CAPTURED")))
        .containsExactlyInAnyOrder("Vectors$CapturedVector.keep");
    assertThat(places(found.get("SIZE"))).containsExactlyInAnyOrder("LargeMethod.sum");
    assertThat(found.get("SIZE")).contains("(LargeMethod.java:11) has 2094 bytes", "above 2000");
  }

  @Test
  void noneOfAHundredCleanMethodsIsReported() {
    assertThat(Runs.of(CleanCode.class))
        .hasSize(5)
        .allSatisfy((rule, text) -> assertThat(text).as(rule).isEqualTo(Runs.PASSED));
  }

  @Test
  void anExcuseNeedsAReasonAndTheSizeOfWhatIsInlined() {
    Map<String, String> found = Runs.of(Excused.class);
    assertThat(found.get("CROSSES")).contains(": 1 found", "excusedWithoutReason(Excused.java:");
    assertThat(found.get("SIZE"))
        .contains(
            ": 1 found", "excusedAndTooLarge(Excused.java:", "above 325, and a vector crosses");
    assertThat(found.get("CONSTANT")).isEqualTo(Runs.PASSED);
    assertThat(found.get("CAPTURED")).isEqualTo(Runs.PASSED);
    assertThat(found.get("STORED")).isEqualTo(Runs.PASSED);
  }
}
