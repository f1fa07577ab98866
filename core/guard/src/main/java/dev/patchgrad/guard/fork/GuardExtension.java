package dev.patchgrad.guard.fork;

import dev.patchgrad.guard.CallUnderTest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.function.Executable;

/**
 * Takes the place of a guarded test's body: in the test JVM it asks the forks, in a fork it calls
 * the body over and over.
 */
public final class GuardExtension implements InvocationInterceptor, ParameterResolver {
  /** For JUnit. */
  public GuardExtension() {}

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> body,
      ExtensionContext test)
      throws Throwable {
    guard(invocation, Optional.of(body), () -> repeatable(body), test);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> body,
      ExtensionContext test)
      throws Throwable {
    guard(invocation, Optional.of(body), () -> repeatable(body), test);
  }

  @Override
  public void interceptDynamicTest(
      Invocation<@Nullable Void> invocation,
      DynamicTestInvocationContext body,
      ExtensionContext test)
      throws Throwable {
    guard(invocation, Optional.empty(), body::getExecutable, test);
  }

  private interface Repeatable {
    Executable get() throws Throwable;
  }

  private static void guard(
      Invocation<@Nullable Void> invocation,
      Optional<ReflectiveInvocationContext<Method>> body,
      Repeatable call,
      ExtensionContext test)
      throws Throwable {
    Optional<ForkSide> fork = ForkSide.of(test);
    if (fork.isEmpty()) {
      invocation.skip();
      Judgement.require(test);
    } else if (!fork.get().isMeant(test)) {
      invocation.skip();
    } else if (body.isPresent()
        && Arrays.asList(body.get().getExecutable().getParameterTypes())
            .contains(CallUnderTest.class)) {
      invocation.proceed();
      fork.get().requireCounted(test);
    } else {
      // Once by JUnit, which makes the method accessible and throws what it throws.
      invocation.proceed();
      fork.get().count(test, call.get());
    }
  }

  /** The test's method with its arguments: neither boxes nor arrays come with a call of it. */
  private static Executable repeatable(ReflectiveInvocationContext<Method> body)
      throws IllegalAccessException {
    Method method = body.getExecutable();
    MethodHandle handle = MethodHandles.lookup().unreflect(method);
    if (body.getTarget().isPresent()) {
      handle = handle.bindTo(body.getTarget().get());
    }
    MethodHandle call =
        MethodHandles.insertArguments(handle, 0, body.getArguments().toArray())
            .asType(MethodType.methodType(void.class));
    return () -> {
      call.invokeExact();
    };
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == CallUnderTest.class;
  }

  @Override
  public CallUnderTest resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return ForkSide.of(test)
        .map(fork -> fork.callUnderTest(test))
        .orElse(
            call -> {
              throw new IllegalStateException("a guarded test's body runs in a fork");
            });
  }
}
