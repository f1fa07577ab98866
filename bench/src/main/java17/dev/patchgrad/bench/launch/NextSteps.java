package dev.patchgrad.bench.launch;

import java.util.List;

/** What a person may want to do with a run that has just ended. */
final class NextSteps {
  private static final String TOOL = "mvn -q -pl reports compile exec:exec -Dpatchgrad.args=";

  private NextSteps() {}

  /** One line for each, before the path of the page. */
  static List<String> lines() {
    return List.of(
        "",
        "Next: open the page, keep the run, or compare it with another run or machine:",
        "  " + TOOL + "\"record latest\"",
        "  " + TOOL + "\"compare latest RUN\"",
        "In a program, BatchLoss.of(batch) takes the kernel that such records show fastest.");
  }
}
