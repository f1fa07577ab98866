package dev.patchgrad.guard.fork;

import dev.patchgrad.guard.NoAllocation;
import dev.patchgrad.guard.SteadyForks;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * How a test is guarded, as one of its annotations says.
 *
 * @param kind what is counted
 * @param forks how many
 * @param warmUp the longest time that a call allocates in, or the time before a call's time counts
 * @param timeout of a fork
 * @param jvmArgs of the forks, after those of the test JVM
 * @param atMost how many times as long the slowest fork may take; 1 where bytes are counted
 * @param allThreads whether the bytes of all threads count
 */
record Settings(
    Kind kind,
    int forks,
    Duration warmUp,
    Duration timeout,
    List<String> jvmArgs,
    double atMost,
    boolean allThreads) {

  private static Settings of(NoAllocation guard) {
    return new Settings(
        Kind.ALLOCATION,
        guard.forks(),
        Duration.ofMillis(guard.warmUpMillis()),
        Duration.ofSeconds(guard.timeoutSeconds()),
        List.of(guard.jvmArgs()),
        1,
        guard.allThreads());
  }

  private static Settings of(SteadyForks guard) {
    return new Settings(
        Kind.TIME,
        guard.forks(),
        Duration.ofMillis(guard.warmUpMillis()),
        Duration.ofSeconds(guard.timeoutSeconds()),
        List.of(guard.jvmArgs()),
        guard.atMost(),
        false);
  }

  /**
   * How a test is guarded: by its own annotations, else by those of its class or a class around it.
   */
  static List<Settings> of(Method test, Class<?> testClass) {
    List<Settings> all = new ArrayList<>();
    find(test, testClass, NoAllocation.class).ifPresent(guard -> all.add(of(guard)));
    find(test, testClass, SteadyForks.class).ifPresent(guard -> all.add(of(guard)));
    return all;
  }

  /**
   * Refuses what cannot be.
   *
   * @param test that is guarded so
   * @throws ExtensionConfigurationException if the annotation asks for it
   */
  void check(Method test) {
    boolean steady = kind == Kind.TIME;
    require(test, "forks", forks, steady ? 2 : 1);
    require(test, "warmUpMillis", warmUp.toMillis(), 1);
    require(test, "timeoutSeconds", timeout.toSeconds(), 1);
    if (steady && !(atMost > 1)) {
      throw refusal(test, "atMost", atMost, "more than 1");
    }
  }

  /** How the test of a context is guarded. */
  static List<Settings> of(ExtensionContext test) {
    ExtensionContext method = methodContext(test);
    return of(method.getRequiredTestMethod(), method.getRequiredTestClass());
  }

  /** The context of a test's method, or of the method that made a dynamic test. */
  static ExtensionContext methodContext(ExtensionContext test) {
    ExtensionContext at = test;
    while (at.getTestMethod().isEmpty()) {
      at = at.getParent().orElseThrow();
    }
    return at;
  }

  /** The guards of all methods of a class that are guarded alike: in the same forks. */
  static List<Settings> alike(Class<?> testClass, Settings settings) {
    return ReflectionSupport.findMethods(testClass, method -> true, HierarchyTraversalMode.TOP_DOWN)
        .stream()
        .flatMap(method -> of(method, testClass).stream())
        .filter(settings::sharesForksWith)
        .toList();
  }

  private static <A extends Annotation> Optional<A> find(
      Method test, Class<?> testClass, Class<A> type) {
    Optional<A> found = AnnotationSupport.findAnnotation(test, type);
    for (@Nullable Class<?> at = testClass;
        found.isEmpty() && at != null;
        at = at.getEnclosingClass()) {
      found = AnnotationSupport.findAnnotation(at, type);
    }
    return found;
  }

  /** Whether tests of the two run in the same forks. */
  boolean sharesForksWith(Settings other) {
    return kind == other.kind && jvmArgs.equals(other.jvmArgs);
  }

  private void require(Method test, String name, long value, long least) {
    if (value < least) {
      throw refusal(test, name, value, "at least " + least);
    }
  }

  private ExtensionConfigurationException refusal(
      Method test, String name, Object value, String expected) {
    Class<?> annotation = kind == Kind.TIME ? SteadyForks.class : NoAllocation.class;
    return new ExtensionConfigurationException(
        "@%s of %s.%s: %s is %s; expected %s"
            .formatted(
                annotation.getSimpleName(),
                test.getDeclaringClass().getName(),
                test.getName(),
                name,
                value,
                expected));
  }
}
