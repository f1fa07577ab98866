package dev.patchgrad.guard;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a class of guarded tests as a build would, and keeps what came of each. */
final class Runs {
  /** What passed; no test fails with this text. */
  static final String PASSED = "passed";

  private Runs() {}

  /**
   * What came of each test and failed container, by a name: {@code method} or {@code method[2]}.
   */
  static Map<String, String> of(Class<?> tests) {
    Map<String, String> outcomes = new LinkedHashMap<>();
    LauncherFactory.create(
            LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build())
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(),
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest() || result.getThrowable().isPresent()) {
                  outcomes.put(
                      name(test), result.getThrowable().map(Throwable::toString).orElse(PASSED));
                }
              }
            });
    return outcomes;
  }

  private static String name(TestIdentifier test) {
    String id = test.getUniqueId();
    String last = id.substring(id.indexOf('/') + 1).replaceAll("\\[class:[^]]*]/?", "");
    return last.replaceAll("\\[(?:method|test-template|test-factory|rule):(\\w+)[^]]*]", "$1")
        .replaceAll("/\\[(?:test-template-invocation|dynamic-test):#(\\d+)]", "[$1]");
  }
}
