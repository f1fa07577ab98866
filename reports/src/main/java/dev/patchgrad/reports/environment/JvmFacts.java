package dev.patchgrad.reports.environment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JVM that measured: that of the forks, not the one that started them.
 *
 * @param vendor such as {@code Eclipse Adoptium}
 * @param version of the runtime, such as {@code 25.0.1+8-LTS}
 * @param name of the virtual machine
 * @param collector the garbage collector's name, such as {@code G1}
 * @param availableProcessors that the JVM may use
 * @param flags that matter to vector code, by name: UseAVX, MaxVectorSize, UseFMA …
 * @param floatSpecies preferred for float
 * @param doubleSpecies preferred for double
 * @param arguments that the forks were started with
 */
public record JvmFacts(
    String vendor,
    String version,
    String name,
    String collector,
    int availableProcessors,
    Map<String, String> flags,
    Species floatSpecies,
    Species doubleSpecies,
    List<String> arguments) {

  /**
   * How the arguments begin that the launcher gives to each fork, and those that it reads itself.
   */
  private static final List<String> OF_THE_LAUNCHER =
      List.of(
          "--add-modules=jdk.incubator.vector",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED",
          "-Dpatchgrad.",
          "-Dbench.",
          "-Djmh.");

  /**
   * Flags that change code or the layout of objects, with the values that they mostly have. A JVM
   * may decide otherwise by itself: a later release has other defaults, and a small machine gets
   * another collector.
   */
  private static final Map<String, String> USUAL =
      Map.of(
          "AlignVector", "false",
          "ObjectAlignmentInBytes", "8",
          "TieredCompilation", "true",
          "TieredStopAtLevel", "4",
          "UseCompactObjectHeaders", "false",
          "UseCompressedClassPointers", "true",
          "UseFMA", "true",
          "UseLargePages", "false",
          "UseSuperWord", "true",
          "UseTransparentHugePages", "false");

  private static final String USUAL_COLLECTOR = "G1";

  /** Stands where no record says anything of the JVM. */
  static final JvmFacts UNKNOWN =
      new JvmFacts(
          Facts.UNKNOWN,
          Facts.UNKNOWN,
          Facts.UNKNOWN,
          Facts.UNKNOWN,
          0,
          Map.of(),
          new Species(0, 0),
          new Species(0, 0),
          List.of());

  /**
   * Copies the collections; flags are kept in order of their names.
   *
   * @throws IllegalArgumentException if the version is no text, or the processors' count is
   *     negative
   */
  public JvmFacts {
    Facts.requireText("version", version);
    Facts.requireCount("availableProcessors", availableProcessors);
    flags = Collections.unmodifiableMap(new TreeMap<>(flags));
    arguments = List.copyOf(arguments);
  }

  /**
   * The arguments that a user added or changed: all but those that each fork of this project gets.
   *
   * @return in the order that they were given in; empty for a JVM as the project starts it
   */
  public List<String> changedArguments() {
    return arguments.stream()
        .distinct()
        .filter(argument -> OF_THE_LAUNCHER.stream().noneMatch(argument::startsWith))
        .toList();
  }

  /**
   * What the JVM does otherwise than most, though no argument says so: by the default of its
   * release, by the machine, by a file or by a variable.
   *
   * @return such as {@code UseCompactObjectHeaders=true} and {@code UseSerialGC=true}; empty for a
   *     usual JVM, and where the record says nothing of the flag
   */
  public List<String> unusual() {
    List<String> found = new ArrayList<>();
    new TreeMap<>(USUAL)
        .forEach(
            (flag, usual) -> {
              String value = flags.getOrDefault(flag, usual);
              if (!value.equals(usual) && !isInArguments(flag)) {
                found.add(flag + "=" + value);
              }
            });
    String flag = "Use" + collector + "GC";
    if (!collector.equals(USUAL_COLLECTOR)
        && collector.matches("[A-Z]\\w*")
        && !isInArguments(flag)) {
      found.add(flag + "=true");
    }
    return found;
  }

  private boolean isInArguments(String flag) {
    return arguments.stream().anyMatch(argument -> argument.contains(flag));
  }

  /**
   * The flags that have another value in another JVM.
   *
   * @param other JVM
   * @return such as {@code UseCompactObjectHeaders=false, there true}; without those that one of
   *     the records does not have, and without the size of the heap
   */
  public List<String> differences(JvmFacts other) {
    List<String> found = new ArrayList<>();
    flags.forEach(
        (flag, value) -> {
          String there = other.flags.getOrDefault(flag, value);
          if (!there.equals(value) && !flag.equals("MaxHeapSize")) {
            found.add(flag + "=" + value + ", there " + there);
          }
        });
    if (!collector.equals(other.collector)) {
      found.add("collector " + collector + ", there " + other.collector);
    }
    return found;
  }
}
