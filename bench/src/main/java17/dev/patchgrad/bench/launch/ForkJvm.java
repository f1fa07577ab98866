package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.environment.HardwareProbe;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * The JVM that measures: which {@code java}, with which flags and classes.
 *
 * @param java its launcher
 * @param prepended flags that JMH is to put before those of suites and users
 * @param flags all of them, as a fork gets them
 * @param classPath of the suites
 * @param passedOver JDKs that were not taken though they are new enough, each with the reason
 */
record ForkJvm(
    String java,
    List<String> prepended,
    List<String> flags,
    String classPath,
    List<String> passedOver) {
  /** Copies the lists. */
  ForkJvm {
    prepended = List.copyOf(prepended);
    flags = List.copyOf(flags);
    passedOver = List.copyOf(passedOver);
  }

  /**
   * The JVM that a command line asks for.
   *
   * @param options of the command line
   * @param dataFile the user's own batch, if there is one
   * @param system properties of this JVM
   * @param variables of the environment
   * @throws UsageException if no JDK is new enough
   */
  static ForkJvm of(
      LaunchOptions options,
      Optional<Path> dataFile,
      Properties system,
      Map<String, String> variables)
      throws UsageException {
    CommandLineOptions jmh = options.jmh();
    List<String> prepended =
        new ArrayList<>(
            ForkFlags.prepended(
                HardwareProbe.cacheBytes(),
                List.copyOf(jmh.getJvmArgsPrepend().orElse(List.of()))));
    dataFile.ifPresent(file -> prepended.add("-D" + ForkFlags.DATA_PROPERTY + "=" + file));
    List<String> flags = new ArrayList<>(prepended);
    flags.addAll(
        jmh.getJvmArgs().orElseGet(() -> ManagementFactory.getRuntimeMXBean().getInputArguments()));
    flags.addAll(jmh.getJvmArgsAppend().orElse(List.of()));
    JdkFinder.Found found = java(options, variables);
    return new ForkJvm(
        found.java().toString(),
        prepended,
        flags,
        system.getProperty("java.class.path"),
        found.passedOver());
  }

  private static JdkFinder.Found java(LaunchOptions options, Map<String, String> variables)
      throws UsageException {
    Optional<String> asked =
        options.jmh().getJvm().hasValue()
            ? Optional.of(options.jmh().getJvm().get())
            : options.java();
    if (asked.isEmpty()) {
      return JdkFinder.ofThisMachine(variables).find();
    }
    // A bare name is looked for by the system, a path in the folder of the command.
    Path java =
        asked.get().contains("/") || asked.get().contains("\\")
            ? UserPath.of("jvm", asked.get(), options.directory())
            : Path.of(asked.get());
    Optional<String> refusal = JavaProbe.refusal(java);
    if (refusal.isPresent()) {
      throw new UsageException(
          "jvm: "
              + java
              + " "
              + refusal.get()
              + "; name another by -Dbench.java=PATH, or leave it out and set JAVA_HOME");
    }
    return new JdkFinder.Found(java, List.of());
  }

  /** The same program without what a user added to it: the machine as it is. */
  ForkJvm bare() {
    return new ForkJvm(
        java,
        List.of(),
        List.of(ForkFlags.VECTOR_MODULE, ForkFlags.UNSAFE, ForkFlags.NATIVE),
        classPath,
        List.of());
  }

  /**
   * The command that starts a program in such a JVM.
   *
   * @param main class of the suites' side
   * @param arguments of it
   */
  List<String> command(String main, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(arguments);
    return command;
  }
}
