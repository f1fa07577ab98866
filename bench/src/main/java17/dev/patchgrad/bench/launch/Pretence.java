package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.environment.JvmFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What flags make a machine look like: with {@code -XX:UseAVX=1} it is not the machine itself. It
 * goes by what the JVMs report, as a flag may come from a file or from the environment.
 */
final class Pretence {
  /** Flags of HotSpot by which vector code has less than the processor: sizes, and one switch. */
  private static final List<String> FLAGS =
      List.of("MaxVectorSize", "UseAVX", "UseSSE", "UseSVE", "UseFMA");

  private Pretence() {}

  /**
   * The flags that somebody set, of those that decide what vector code becomes.
   *
   * @param set flags of any kind that somebody set
   * @return some of them
   */
  static List<String> ofInterest(Set<String> set) {
    return FLAGS.stream().filter(set::contains).toList();
  }

  /**
   * The flags that take instructions away.
   *
   * @param fork what the forks' JVM reports
   * @param set names of the flags that somebody set there
   * @param bare what the same JVM reports without any flag of the user's
   * @return flags without their prefix, such as {@code UseAVX=1 -UseFMA}; empty if there are none
   */
  static Optional<String> of(JvmFacts fork, Set<String> set, JvmFacts bare) {
    // A flag that was set lowers others with it, which then say no more than it does.
    return of(fork, bare, set::contains).or(() -> of(fork, bare, name -> true));
  }

  private static Optional<String> of(JvmFacts fork, JvmFacts bare, Predicate<String> which) {
    String found =
        FLAGS.stream()
            .filter(which)
            .filter(name -> isLess(fork.flags(), bare.flags(), name))
            .map(name -> text(name, fork.flags().getOrDefault(name, "")))
            .collect(Collectors.joining(" "));
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  private static boolean isLess(Map<String, String> fork, Map<String, String> bare, String name) {
    String here = fork.getOrDefault(name, "");
    String whole = bare.getOrDefault(name, "");
    if (here.matches("\\d{1,9}") && whole.matches("\\d{1,9}")) {
      return Integer.parseInt(here) < Integer.parseInt(whole);
    }
    return here.equals("false") && whole.equals("true");
  }

  private static String text(String name, String value) {
    return value.equals("false") ? "-" + name : name + "=" + value;
  }
}
