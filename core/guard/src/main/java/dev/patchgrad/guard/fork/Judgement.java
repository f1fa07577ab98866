package dev.patchgrad.guard.fork;

import dev.patchgrad.guard.fork.Entry.Failure;
import dev.patchgrad.guard.fork.Entry.Reading;
import dev.patchgrad.guard.fork.ForkGroup.Fork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;
import org.opentest4j.TestAbortedException;

/** Judges what the forks of a test told, and says so in the test's failure. */
final class Judgement {
  private final String id;
  private final String name;

  private Judgement(ExtensionContext test) {
    ExtensionContext context = Settings.methodContext(test);
    id = test.getUniqueId();
    String method = context.getRequiredTestMethod().getName();
    String shown = test.getDisplayName();
    name =
        context.getRequiredTestClass().getName()
            + "."
            + method
            + (shown.startsWith(method + "(") ? "" : " " + shown);
  }

  /**
   * Fails the test where a guard of it does not hold.
   *
   * @throws AssertionError if so
   * @throws ExtensionConfigurationException if a guard asks for what cannot be
   * @throws TestAbortedException if the test was aborted in a fork
   */
  static void require(ExtensionContext test) {
    Judgement judgement = new Judgement(test);
    List<Settings> guards = Settings.of(test);
    guards.forEach(guard -> guard.check(Settings.methodContext(test).getRequiredTestMethod()));
    List<AssertionError> failures = new ArrayList<>();
    for (Settings guard : guards) {
      judgement.failure(ForkGroup.of(test, guard), guard).ifPresent(failures::add);
    }
    if (failures.size() == 1) {
      throw failures.getFirst();
    }
    if (!failures.isEmpty()) {
      throw new MultipleFailuresError(judgement.name, failures);
    }
  }

  private Optional<AssertionError> failure(ForkGroup group, Settings guard) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < group.forks().size(); i++) {
      Fork fork = group.forks().get(i);
      Optional<Failure> failure = fork.failure(id);
      if (failure.isPresent()) {
        String text = "%s in fork %d: %s".formatted(name, i, failure.get().text());
        if (failure.get().aborted()) {
          throw new TestAbortedException(text);
        }
        return Optional.of(new AssertionFailedError(text));
      }
      Optional<Reading> reading = fork.reading(id);
      if (reading.isEmpty()) {
        String problem = fork.problem().isEmpty() ? "did not come to this test" : fork.problem();
        return Optional.of(
            new AssertionFailedError(
                "%s: fork %d %s. Its last lines:\n%s"
                    .formatted(name, i, problem, String.join("\n", fork.output()))));
      }
      readings.add(reading.get());
    }
    return guard.kind() == Kind.TIME ? unsteady(readings, guard) : allocating(readings, group);
  }

  private Optional<AssertionError> allocating(List<Reading> readings, ForkGroup group) {
    Reading worst =
        readings.stream().max(Comparator.comparingDouble(Reading::perCall)).orElseThrow();
    if (worst.perCall() < 1) {
      return Optional.empty();
    }
    String explanation =
        group
            .explanations()
            .getOrDefault(id, "  one more fork did not allocate: it was not to be found where\n");
    return Optional.of(
        new AssertionFailedError(
            "%s allocates %s bytes a call, after %.1f s and %d calls; expected less than 1\n%s"
                    .formatted(
                        name, number(worst.perCall()), worst.seconds(), worst.calls(), explanation)
                + "  bytes in each fork: "
                + numbers(readings)));
  }

  private Optional<AssertionError> unsteady(List<Reading> readings, Settings guard) {
    double slowest = readings.stream().mapToDouble(Reading::perCall).max().orElseThrow();
    double fastest = readings.stream().mapToDouble(Reading::perCall).min().orElseThrow();
    if (slowest <= guard.atMost() * fastest) {
      return Optional.empty();
    }
    return Optional.of(
        new AssertionFailedError(
            "%s: the slowest fork takes %.2f times as long as the fastest; expected at most %s\n"
                    .formatted(name, slowest / fastest, number(guard.atMost()))
                + "  nanoseconds a call in each fork: "
                + numbers(readings)));
  }

  private static String numbers(List<Reading> readings) {
    return readings.stream()
        .map(reading -> number(reading.perCall()))
        .collect(Collectors.joining(", "));
  }

  /** In at least three digits. */
  private static String number(double value) {
    return value >= 100
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.3g", value);
  }
}
