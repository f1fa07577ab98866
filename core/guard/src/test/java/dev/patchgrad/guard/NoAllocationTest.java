package dev.patchgrad.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.guard.clean.CleanCalls;
import dev.patchgrad.guard.planted.AllocatingCalls;
import dev.patchgrad.guard.planted.BadForks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Finds every call that allocates, says where and why, and reports no clean one. */
class NoAllocationTest {
  @Tag("thorough")
  @Test
  void everyPlantedFaultIsFoundWithItsPlace() {
    Map<String, String> outcomes = Runs.of(AllocatingCalls.class);
    assertThat(outcomes)
        .containsOnlyKeys(
            "boxedHelper",
            "mixedSpecies[1]",
            "mixedSpecies[2]",
            "mixedSpecies[3]",
            "pollutedProfile[1]",
            "pollutedProfile[2]",
            "pollutedProfile[3]",
            "escapingVector",
            "vectorInField",
            "vectorsInArray[1]",
            "vectorsInList",
            "speciesNotFinal",
            "capturedVector",
            "erasedCall",
            "objectAtTimes");
    // A call site of three types may be compiled well for the one of them that came most often.
    Map<String, List<String>> byFault = new TreeMap<>();
    outcomes.forEach(
        (name, text) -> {
          List<String> found =
              byFault.computeIfAbsent(name.replaceAll("\\[.*", ""), any -> new ArrayList<>());
          if (!text.equals(Runs.PASSED)) {
            found.add(text);
          }
        });
    assertThat(byFault).hasSize(11).allSatisfy((name, found) -> assertThat(found).isNotEmpty());
    assertThat(byFault)
        .allSatisfy(
            (name, found) ->
                assertThat(found)
                    .allSatisfy(
                        text ->
                            assertThat(text)
                                .contains(AllocatingCalls.class.getName() + "." + name)
                                .containsPattern("allocates [\\d.]+ bytes a call")
                                .containsPattern("made in: \\S+\\(\\w+\\.java:\\d+\\)")
                                .contains("C2 says: ")
                                .contains("bytes in each fork: ")));
    assertThat(outcomes.get("boxedHelper")).contains("Vectors$BoxedHelper.", "failed to inline: ");
    // Which of the three C2 compiled for first is another one each time.
    assertThat(outcomes.values())
        .anyMatch(
            text -> text.contains("Vectors$Operation::apply (0 bytes) failed to inline: virtual"))
        .anyMatch(text -> text.contains("** missing constant"));
    assertThat(outcomes.get("objectAtTimes")).contains("AllocatingCalls.java:", "java.lang.Object");
  }

  @Tag("thorough")
  @Test
  void noneOfAHundredCleanCallsIsReported() {
    assertThat(Runs.of(CleanCalls.class))
        .hasSize(100)
        .allSatisfy((name, text) -> assertThat(text).as(name).isEqualTo(Runs.PASSED));
  }

  @Test
  void aForkThatDiffersOrDoesNotEndWellFailsItsTestsAndIsGone() {
    Map<String, String> outcomes = Runs.of(BadForks.class);
    assertThat(outcomes.get("hangs")).contains("fork 0 was ended after 1 s, its timeout");
    assertThat(outcomes.get("halts")).contains("fork 0 ended with exit status 7");
    assertThat(outcomes.get("allocatesInOneFork"))
        .contains("allocates 16.0 bytes a call", "BadForks.java:")
        .containsPattern("bytes in each fork: 0\\.\\d+, 16.0$");
    assertThat(outcomes.get("allocatesInAnotherThread"))
        .containsPattern("allocates 655\\d\\d bytes a call")
        .contains("BadForks.java:", "byte[]");
    assertThat(outcomes.get("allocatesUnseenInAnotherThread")).isEqualTo(Runs.PASSED);
    assertThat(outcomes.get("failsInTheFork")).contains("in fork 0", "runs in a fork", "BadForks");
    assertThat(outcomes.get("abortsInTheFork")).contains("TestAbortedException", "not in a fork");
    assertThat(outcomes.get("callUnderTestNotUsed")).contains("expected repeat(");
    assertThat(outcomes.get("noForks")).contains("forks is 0; expected at least 1");
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }
}
