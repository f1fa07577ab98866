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
 * A call of this test takes about as long in each JVM: the slowest fork against the fastest.
 *
 * <p>JVMs of the same code can differ by factors, since C2 may decide otherwise in each. Forks run
 * one after the other, with nothing else of this guard beside them. A fork's time is the best of
 * ten short windows, which other programs disturb least.
 *
 * <p>What the call is, and what a fork gets, is as for {@link NoAllocation}. Both can be on one
 * test.
 */
@SuppressWarnings("exports")
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@ExtendWith(GuardExtension.class)
public @interface SteadyForks {
  /** {@return how many times as long the slowest fork may take as the fastest; above 1} */
  double atMost() default 1.5;

  /** {@return how many forks are compared; at least 2} */
  int forks() default 5;

  /** {@return the time in milliseconds that a test is called before its time counts} */
  int warmUpMillis() default 500;

  /**
   * {@return the longest time in seconds that a fork may take; it is ended then, and the tests
   * fail}
   */
  int timeoutSeconds() default 120;

  /** {@return arguments of the forks' JVM, after those of the test JVM} */
  String[] jvmArgs() default {};
}
