package dev.patchgrad.guard;

import dev.patchgrad.guard.fork.GuardExtension;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A call of this test allocates nothing, once compiled: less than a byte a call, on the thread that
 * runs it, or on {@linkplain #allThreads all threads} together.
 *
 * <p>The body of the test is the call. It does not run in the test JVM but in forks, over and over.
 * A test that prepares something first takes a {@link CallUnderTest} and gives it the call. On a
 * class the annotation holds for each of its tests. Parameterized and repeated tests, and dynamic
 * ones, are guarded one by one.
 *
 * <p>A fork runs all tests of the class that have this annotation and the same {@link #jvmArgs}.
 * First each is called for a while, in turns, so that call sites which they share have seen the
 * types and shapes of all of them. Then each is called until it allocates nothing, twice over. Each
 * fork takes the tests in an order of its own.
 *
 * <p>A fork gets the class path or module path of the test JVM, its arguments and its system
 * properties. Left out are debuggers and other agents, recordings, and what takes C2 away. The
 * system property {@code patchgrad.guard.fork} tells its number, from 0.
 *
 * <p>Where a call allocates, one more fork looks for the place. The failure names the method and
 * line, the bytes, the class of the objects, and what C2 decided about inlining there.
 */
@SuppressWarnings("exports")
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@ExtendWith(GuardExtension.class)
public @interface NoAllocation {
  /** {@return how many forks agree on it; at least 1} */
  int forks() default 2;

  /**
   * {@return the longest time in milliseconds, on a processor, that a test is called in each of two
   * turns} A turn ends as soon as calls allocate nothing.
   */
  int warmUpMillis() default 5000;

  /**
   * {@return the longest time in seconds that a fork may take; it is ended then, and the tests
   * fail}
   */
  int timeoutSeconds() default 120;

  /**
   * {@return whether what other threads allocate during a call counts too} For a call that divides
   * its work among threads. Those of other tests must have ended or be idle.
   */
  boolean allThreads() default false;

  /**
   * {@return arguments of the forks' JVM, after those of the test JVM: such as {@code
   * -XX:UseAVX=2}}
   */
  String[] jvmArgs() default {};
}
