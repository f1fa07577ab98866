package dev.patchgrad.bench.launch;

import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Optional;

/**
 * JMH's options for a part of a run: what the user gave, for fewer cells and forks.
 *
 * @param user the whole command line
 * @param java that measures
 * @param prepended arguments of that JVM
 * @param iterations of the cells that have many short ones
 */
record ForkOptions(
    CommandLineOptions user, String java, List<String> prepended, ShortIterations iterations) {
  /** What names benchmarks: a part has its own. */
  private static final Set<String> NAMES = Set.of("getIncludes", "getExcludes");

  /** The user's file of results is for all parts together. */
  private static final Set<String> FILES = Set.of("getResult", "getResultFormat");

  /** Copies the list. */
  ForkOptions {
    prepended = List.copyOf(prepended);
  }

  /**
   * Whether every fork is to warm up with all benchmarks, so that cells cannot be told apart.
   *
   * @param user the whole command line
   */
  static boolean warmsUpInBulk(CommandLineOptions user) {
    return user.getWarmupMode().hasValue() && user.getWarmupMode().get().isBulk();
  }

  /** One fork of one cell, in each of the modes that the user asks for. */
  Options oneFork(PreflightRequest.Cell cell) {
    ChainedOptionsBuilder builder =
        builder().include("^" + Pattern.quote(cell.benchmark()) + "$").forks(1);
    cell.params().forEach((name, value) -> builder.param(name, value));
    iterations.set(cell, user, builder);
    return builder.build();
  }

  /** All forks of all cells, in JMH's own order. */
  Options all(Selection selection) {
    ChainedOptionsBuilder builder = builder();
    selection.cells().stream()
        .map(PreflightRequest.Cell::benchmark)
        .distinct()
        .forEach(name -> builder.include("^" + Pattern.quote(name) + "$"));
    selection
        .params()
        .forEach((name, values) -> builder.param(name, values.toArray(String[]::new)));
    return builder.build();
  }

  private ChainedOptionsBuilder builder() {
    return new OptionsBuilder()
        .parent(ofEveryPart())
        .jvm(java)
        .jvmArgsPrepend(prepended.toArray(String[]::new))
        .shouldFailOnError(user.shouldFailOnError().orElse(true));
  }

  /** The user's options without those of the run as a whole: JMH would add them to a part's. */
  private Options ofEveryPart() {
    return (Options)
        Proxy.newProxyInstance(
            Options.class.getClassLoader(), new Class<?>[] {Options.class}, new Part(user));
  }

  /**
   * Answers for the user's options. JMH sends a fork the options themselves.
   *
   * @param user the whole command line
   */
  private record Part(CommandLineOptions user) implements InvocationHandler, Serializable {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      if (NAMES.contains(method.getName())) {
        return List.of();
      }
      if (FILES.contains(method.getName())) {
        return Optional.none();
      }
      try {
        return method.invoke(user, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }
}
