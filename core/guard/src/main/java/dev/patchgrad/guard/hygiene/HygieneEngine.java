package dev.patchgrad.guard.hygiene;

import static org.junit.platform.engine.TestExecutionResult.failed;
import static org.junit.platform.engine.TestExecutionResult.successful;

import java.util.List;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver;
import org.opentest4j.AssertionFailedError;

/**
 * Runs the rules of each class and package that asks for them, a test for each rule. It is an
 * engine of its own, since a class that is only annotated holds no test for another engine.
 */
public final class HygieneEngine implements TestEngine {
  /** For JUnit. */
  public HygieneEngine() {}

  @Override
  public String getId() {
    return "patchgrad-guard";
  }

  @Override
  public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
    EngineDescriptor root = new EngineDescriptor(id, "patchgrad guard");
    EngineDiscoveryRequestResolver.<EngineDescriptor>builder()
        .addClassContainerSelectorResolver(HygieneResolver::isAsked)
        .addSelectorResolver(new HygieneResolver())
        .build()
        .resolve(request, root);
    return root;
  }

  @Override
  public void execute(ExecutionRequest request) {
    EngineExecutionListener listener = request.getEngineExecutionListener();
    TestDescriptor root = request.getRootTestDescriptor();
    listener.executionStarted(root);
    for (TestDescriptor child : root.getChildren()) {
      if (child instanceof HygieneDescriptors.Container container) {
        listener.executionStarted(container);
        listener.executionFinished(container, execute(container, listener));
      }
    }
    listener.executionFinished(root, successful());
  }

  private static TestExecutionResult execute(
      HygieneDescriptors.Container container, EngineExecutionListener listener) {
    HygieneRules.Result result;
    try {
      result = container.check();
    } catch (Exception e) {
      return failed(e);
    }
    for (TestDescriptor child : container.getChildren()) {
      if (child instanceof HygieneDescriptors.RuleTest test) {
        listener.executionStarted(test);
        listener.executionFinished(test, judge(result, test.rule()));
      }
    }
    return successful();
  }

  private static TestExecutionResult judge(HygieneRules.Result result, Rule rule) {
    List<String> findings =
        result.findings().stream()
            .filter(finding -> finding.rule() == rule)
            .map(finding -> "\n\tat " + finding)
            .toList();
    return findings.isEmpty()
        ? successful()
        : failed(
            new AssertionFailedError(
                "%s, since %s: %d found%s"
                    .formatted(
                        rule.title(), rule.reason(), findings.size(), String.join("", findings))));
  }
}
