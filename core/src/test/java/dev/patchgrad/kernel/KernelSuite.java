package dev.patchgrad.kernel;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import jdk.incubator.vector.DoubleVector;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the tests tagged "kernel" in this JVM: what a child JVM of another vector width is for. */
final class KernelSuite {
  private KernelSuite() {}

  /** Prints the width and the failures, and exits with 1 if there are any or nothing ran. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    out.println("vector bits: " + DoubleVector.SPECIES_PREFERRED.vectorBitSize());
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage("dev.patchgrad"))
                .filters(TagFilter.includeTags("kernel"))
                .build(),
            listener);
    TestExecutionSummary summary = listener.getSummary();
    out.println("tests: " + summary.getTestsSucceededCount());
    summary.getFailures().stream()
        .limit(5)
        .forEach(
            failure ->
                out.println(
                    failure.getTestIdentifier().getDisplayName() + ": " + failure.getException()));
    boolean good = summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() > 0;
    System.exit(good ? 0 : 1);
  }
}
