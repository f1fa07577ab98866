package dev.patchgrad.guard.clean;

import dev.patchgrad.guard.NoAllocation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A hundred guarded calls that allocate nothing: none may fail. */
public final class CleanCalls {
  /** Some vectors of any width, and a tail. */
  private static final int LENGTH = 67;

  CleanCalls() {}

  // One fork, for the build's time: it compiles all hundred.
  @TestFactory
  @NoAllocation(forks = 1)
  Stream<DynamicTest> calls() {
    return Stream.of(CleanDoubles.class, CleanFloats.class, CleanInts.class, CleanLongs.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> !Modifier.isPrivate(method.getModifiers()))
        .map(
            method -> {
              MethodHandle call = call(method);
              return DynamicTest.dynamicTest(
                  method.getDeclaringClass().getSimpleName() + "." + method.getName(),
                  () -> {
                    call.invokeExact();
                  });
            });
  }

  private static MethodHandle call(Method method) {
    try {
      Class<?> element = method.getReturnType();
      return MethodHandles.insertArguments(
              MethodHandles.lookup().unreflect(method),
              0,
              Array.newInstance(element, LENGTH),
              Array.newInstance(element, LENGTH))
          .asType(MethodType.methodType(void.class));
    } catch (IllegalAccessException e) {
      throw new LinkageError(method.toString(), e);
    }
  }
}
