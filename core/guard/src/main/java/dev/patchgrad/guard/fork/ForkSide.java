package dev.patchgrad.guard.fork;

import dev.patchgrad.guard.CallUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.function.Executable;

/**
 * What a fork does with the call of a test. It is told by parameters of JUnit's configuration, so
 * that a fork may go through its tests several times, each time for another end.
 *
 * @param entries the file that entries go to
 * @param turn what this turn is for
 * @param kind what is counted
 * @param meant the only tests that are called; none for all
 */
record ForkSide(Path entries, Turn turn, Kind kind, List<String> meant) {
  /** What a fork goes through its tests for. */
  enum Turn {
    /** To call each for a moment. */
    MIX,
    /** To count. */
    COUNT,
    /** To find where a call allocates. */
    FIND
  }

  private static final String PREFIX = "patchgrad.guard.";

  private static final long FINDING_MILLIS = 10_000;

  private static final long SHORTEST_MILLIS = 200;

  private static final Namespace NAMESPACE = Namespace.create(ForkSide.class);

  /** The configuration that tells a fork's JUnit all this. */
  Map<String, String> configuration() {
    return Map.of(
        PREFIX + "entries", entries.toString(),
        PREFIX + "turn", turn.name(),
        PREFIX + "kind", kind.name(),
        PREFIX + "meant", String.join("\n", meant));
  }

  /** What is to be done here, if this is a fork. */
  static Optional<ForkSide> of(ExtensionContext test) {
    return test.getConfigurationParameter(PREFIX + "entries")
        .map(
            entries ->
                new ForkSide(
                    Path.of(entries),
                    Turn.valueOf(test.getConfigurationParameter(PREFIX + "turn").orElseThrow()),
                    Kind.valueOf(test.getConfigurationParameter(PREFIX + "kind").orElseThrow()),
                    test.getConfigurationParameter(PREFIX + "meant")
                        .orElseThrow()
                        .lines()
                        .collect(Collectors.toList())));
  }

  /** Whether a test is to be called. */
  boolean isMeant(ExtensionContext test) {
    return meant.isEmpty() || meant.contains(test.getUniqueId());
  }

  /** Calls it over and over, and writes down what came of it. */
  void count(ExtensionContext test, Executable call) throws Throwable {
    Settings settings =
        Settings.of(test).stream().filter(guard -> guard.kind() == kind).findFirst().orElseThrow();
    Duration warmUp = inTime(settings.warmUp());
    String id = test.getUniqueId();
    switch (turn) {
      case MIX -> Meter.mix(call);
      case COUNT ->
          Entry.append(
              entries,
              kind == Kind.TIME
                  ? Meter.time(id, call, warmUp)
                  : Meter.allocation(id, call, warmUp, settings.allThreads()));
      case FIND ->
          AllocationSites.of(
                  id, call, settings.allThreads(), entries.resolveSibling("allocations.jfr"))
              .ifPresent(site -> Entry.append(entries, site));
    }
  }

  /** Where many tests fail, a fork that looks for the places is no slower than the others. */
  private Duration inTime(Duration warmUp) {
    if (meant.isEmpty()) {
      return warmUp;
    }
    long share = Math.max(SHORTEST_MILLIS, FINDING_MILLIS / meant.size());
    return Duration.ofMillis(Math.min(warmUp.toMillis(), share));
  }

  /** The call of a test that also prepares something. */
  CallUnderTest callUnderTest(ExtensionContext test) {
    AtomicInteger counted = counted(test);
    return call -> {
      if (counted.incrementAndGet() > 1) {
        throw new IllegalStateException("repeat is used twice in a test; expected once");
      }
      call.execute();
      count(test, call);
    };
  }

  /**
   * Refuses a test that took a call under test and gave it none.
   *
   * @throws IllegalStateException if so
   */
  void requireCounted(ExtensionContext test) {
    if (counted(test).get() == 0) {
      throw new IllegalStateException(
          "the test has a CallUnderTest and did not use it; expected repeat(() -> the call)");
    }
  }

  private static AtomicInteger counted(ExtensionContext test) {
    return test.getStore(NAMESPACE)
        .getOrComputeIfAbsent("counted", key -> new AtomicInteger(), AtomicInteger.class);
  }
}
