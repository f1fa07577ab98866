package dev.patchgrad.bench.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.openjdk.jmh.util.Utils;

/**
 * Answers what JMH asks the JVM that measures. JMH would start that JVM twice for each fork of a
 * run, only to learn its version, unless it runs on the same one: a seventh of the run's time.
 *
 * <p>JMH knows its own JVM by system properties. They are others from {@link #begin} to {@link
 * #end}, while it plans, and as they were from then on: the JDK's own code reads some of them.
 */
final class KnownJvm {
  /** JMH's program that tells a JVM's properties; the class is not public. */
  private static final String PRINTS_PROPERTIES = "org.openjdk.jmh.runner.PrintPropertiesMain";

  private static final String HOME = "java.home";

  private static final List<String> VERSIONS =
      List.of("java.version", "java.vm.version", "java.vm.name");

  private final Map<String, String> answers;
  private final Map<String, String> own = new TreeMap<>();

  /**
   * A JVM that answered.
   *
   * @param java its launcher
   * @param properties that it told; without all that JMH asks for, JMH asks anew
   */
  KnownJvm(String java, Properties properties) {
    // JMH compares paths as they are written. So this is the folder of the launcher that was named,
    // and not the one that a link leads to.
    Path bin = Path.of(java).getParent();
    Map<String, String> told = new TreeMap<>();
    if (bin != null && bin.getParent() != null) {
      told.put(HOME, bin.getParent().toString());
    }
    for (String name : VERSIONS) {
      if (properties.getProperty(name) != null) {
        told.put(name, properties.getProperty(name));
      }
    }
    answers = told.size() == 1 + VERSIONS.size() ? told : Map.of();
  }

  /**
   * Asks once, in JMH's own way. Of a JVM that does not answer nothing is known, and JMH will say
   * what is wrong with it.
   */
  static KnownJvm ask(ForkJvm jvm) {
    Properties properties = new Properties();
    try {
      properties =
          Utils.readPropertiesFromCommand(
              List.of(jvm.java(), "-cp", jvm.classPath(), PRINTS_PROPERTIES));
    } catch (RuntimeException e) {
      // JMH's only way to say that there was no answer.
    }
    return new KnownJvm(jvm.java(), properties);
  }

  /** JMH is about to plan a part of the run. */
  void begin() {
    answers.forEach(
        (name, value) -> {
          own.putIfAbsent(name, System.getProperty(name));
          System.setProperty(name, value);
        });
  }

  /** JMH has planned it. Does nothing where it was said before. */
  void end() {
    own.forEach(System::setProperty);
    own.clear();
  }
}
