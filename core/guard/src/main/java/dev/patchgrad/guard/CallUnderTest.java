package dev.patchgrad.guard;

import org.junit.jupiter.api.function.Executable;

/**
 * The call that a guarded test is about, where its body also prepares and checks.
 *
 * <p>A test with a parameter of this type gives it the call. What the test does before and after
 * does not count.
 */
public interface CallUnderTest {
  /**
   * Calls it over and over, and counts what that allocates or takes. May be used once in a test.
   *
   * @param call that is guarded
   * @throws Throwable whatever the call throws
   */
  void repeat(Executable call) throws Throwable;
}
