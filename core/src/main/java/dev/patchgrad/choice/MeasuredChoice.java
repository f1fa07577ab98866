package dev.patchgrad.choice;

import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Precision;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@link KernelChooser#measure} found: a value that can be saved, and loaded again where it
 * still holds.
 *
 * @param workload that was measured
 * @param kernel the fastest, or the simplest of those that are as fast within {@link
 *     #INDISTINCT_SLOWDOWN}
 * @param slowdowns time over that of the fastest, by kernel: measured, or estimated from recorded
 *     machines where the kernel took part in no round; without a kernel of which nothing is known
 * @param rounds that each kernel was measured in, by kernel; 0 where it was not compiled in time
 * @param conditions what the answer depends on, by name: facts of the machine, JDK, version of this
 *     library
 */
public record MeasuredChoice(
    Workload workload,
    String kernel,
    Map<String, Double> slowdowns,
    Map<String, Integer> rounds,
    Map<String, String> conditions) {
  /**
   * Slowdowns up to here count as none: the same code differs by as much from one start of the JVM
   * to the next.
   */
  public static final double INDISTINCT_SLOWDOWN = 1.03;

  private static final TabSeparatedFormat FORMAT =
      new TabSeparatedFormat("a choice", "patchgrad-measured-choice", 1, Set.of());

  /** Copies the maps. */
  public MeasuredChoice {
    slowdowns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(slowdowns));
    rounds = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(rounds));
    conditions = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
  }

  /**
   * From timings.
   *
   * @param timings the simplest kernel first
   * @param expected relative times by recorded machines, for kernels without a timing
   */
  static MeasuredChoice of(
      Workload workload,
      List<PairedTiming.Timing> timings,
      Map<String, Double> expected,
      Machine machine) {
    // The timed kernel of which most is expected is the measure of those without a timing: it is
    // nearest to those that may win.
    Optional<Double> unit =
        timings.stream()
            .filter(timing -> timing.rounds() > 0 && expected.containsKey(timing.kernel()))
            .min(Comparator.comparingDouble(timing -> expected.getOrDefault(timing.kernel(), 1.0)))
            .map(timing -> timing.nanos() / expected.getOrDefault(timing.kernel(), 1.0));
    if (timings.stream().allMatch(timing -> timing.rounds() == 0)) {
      unit = Optional.of(1.0);
    }
    Map<String, Double> times = new LinkedHashMap<>();
    Map<String, Integer> rounds = new LinkedHashMap<>();
    for (PairedTiming.Timing timing : timings) {
      rounds.put(timing.kernel(), timing.rounds());
      if (timing.rounds() > 0) {
        times.put(timing.kernel(), timing.nanos());
      } else if (unit.isPresent() && expected.containsKey(timing.kernel())) {
        times.put(timing.kernel(), unit.get() * expected.getOrDefault(timing.kernel(), 1.0));
      }
    }
    if (times.isEmpty()) {
      times.put(timings.getFirst().kernel(), 1.0); // nothing is known: the simplest
    }
    double least = times.values().stream().mapToDouble(time -> time).min().orElseThrow();
    Map<String, Double> slowdowns = new LinkedHashMap<>();
    times.forEach((kernel, time) -> slowdowns.put(kernel, time / least));
    String kernel =
        slowdowns.entrySet().stream()
            .filter(entry -> entry.getValue() <= INDISTINCT_SLOWDOWN)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    return new MeasuredChoice(workload, kernel, slowdowns, rounds, conditions(machine));
  }

  private static Map<String, String> conditions(Machine machine) {
    Map<String, String> conditions = new LinkedHashMap<>(machine.facts());
    conditions.put("JDK", System.getProperty("java.runtime.version", Machine.UNKNOWN));
    conditions.put("patchgrad version", LibraryVersion.current());
    // As they are read back.
    conditions.replaceAll((name, value) -> TabSeparatedFormat.field(value));
    return conditions;
  }

  /**
   * Whether every kernel was timed.
   *
   * @return false where the time was too short for the JVM to compile one: then the answer may be
   *     another in a longer time
   */
  public boolean isComplete() {
    return rounds.values().stream().allMatch(count -> count > 0);
  }

  /**
   * The measured kernel as a choice, for {@link BatchLoss#by}.
   *
   * @return the choice
   */
  public Choice choice() {
    List<String> steps = new ArrayList<>();
    steps.add("wanted: " + workload);
    steps.add("measured on the caller's batch: " + KernelChooser.inWords(slowdowns));
    steps.add("rounds: " + rounds);
    if (!isComplete()) {
      steps.add(
          "too little time for the JVM to compile, so estimated from recorded machines: "
              + rounds.keySet().stream()
                  .filter(name -> rounds.getOrDefault(name, 0) == 0)
                  .collect(Collectors.joining(", ")));
    }
    boolean fastest = slowdowns.getOrDefault(kernel, 1.0) == 1.0;
    steps.add(
        "taken: "
            + kernel
            + (fastest
                ? ", the fastest"
                : ", the simplest of those that are as fast within "
                    + Math.round(100 * (INDISTINCT_SLOWDOWN - 1))
                    + " %"));
    return new Choice(kernel, workload, steps);
  }

  /**
   * Writes the answer to a file, in place of what was there.
   *
   * @param file to write; its folder must be there
   * @throws IOException if it cannot be written; what was there before is still there
   */
  public void save(Path file) throws IOException {
    StringBuilder text = new StringBuilder(FORMAT.firstLine());
    conditions.forEach(
        (name, value) -> text.append(TabSeparatedFormat.line("condition", name, value)));
    text.append(TabSeparatedFormat.line("precision", workload.precision().label()))
        .append(TabSeparatedFormat.line("p", workload.p()))
        .append(TabSeparatedFormat.line("k", workload.k()))
        .append(TabSeparatedFormat.line("n", workload.n()));
    Layout layout = workload.layout();
    text.append(TabSeparatedFormat.line("layout", layout.lanes(), layout.multiple()));
    text.append(TabSeparatedFormat.line("kernel", kernel));
    slowdowns.forEach(
        (name, slowdown) ->
            text.append(
                TabSeparatedFormat.line("slowdown", name, slowdown, rounds.getOrDefault(name, 0))));
    rounds.keySet().stream()
        .filter(name -> !slowdowns.containsKey(name))
        .forEach(name -> text.append(TabSeparatedFormat.line("unknown", name)));
    Path absolute = file.toAbsolutePath();
    Path fresh = absolute.resolveSibling(absolute.getFileName() + ".new");
    Files.writeString(fresh, text, StandardCharsets.UTF_8);
    Files.move(fresh, absolute, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads what {@link #save} wrote, in a JVM where it holds.
   *
   * @param file to read
   * @return the answer
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is none, or was measured on other hardware, with another
   *     JDK or another version of this library; the message names what differs, and how
   */
  public static MeasuredChoice load(Path file) throws IOException {
    return load(file, Machine.ofThisJvm());
  }

  static MeasuredChoice load(Path file, Machine machine) throws IOException {
    Map<String, String> conditions = new LinkedHashMap<>();
    Map<String, Double> slowdowns = new LinkedHashMap<>();
    Map<String, Integer> rounds = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, Integer> sizes = new LinkedHashMap<>();
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      FORMAT.read(
          text,
          file.toString(),
          line -> {
            String kind = line.kind();
            switch (kind) {
              case "condition" -> {
                line.requireFields(3);
                conditions.put(line.text(1), line.text(2));
              }
              case "precision", "kernel" -> names.put(kind, line.requireFields(2).text(1));
              case "p", "k", "n" -> sizes.put(kind, line.requireFields(2).whole(1, kind, 1));
              case "layout" -> {
                line.requireFields(3);
                sizes.put("lanes", line.whole(1, "lanes", 1));
                sizes.put("multiple", line.whole(2, "multiple", 1));
              }
              case "slowdown" -> {
                line.requireFields(4);
                slowdowns.put(line.text(1), line.number(2, "slowdown", 1));
                rounds.put(line.text(1), line.whole(3, "rounds", 0));
              }
              case "unknown" -> rounds.put(line.requireFields(2).text(1), 0);
              default ->
                  throw new IllegalArgumentException(
                      "expected condition, precision, p, k, n, layout, kernel, slowdown or"
                          + " unknown");
            }
          });
    }
    requireSame(file, conditions, conditions(machine));
    String kernel = value(file, names, "kernel");
    if (!Kernels.names().contains(kernel) || !slowdowns.containsKey(kernel)) {
      throw new IllegalArgumentException(
          file
              + ": kernel '"
              + kernel
              + "'; expected one of "
              + String.join(", ", Kernels.names())
              + " that was measured");
    }
    Workload workload =
        new Workload(
            Precision.ofLabel(value(file, names, "precision")),
            value(file, sizes, "p"),
            value(file, sizes, "k"),
            value(file, sizes, "n"),
            1,
            1,
            new Layout(value(file, sizes, "lanes"), value(file, sizes, "multiple")),
            Workload.MANY);
    return new MeasuredChoice(workload, kernel, slowdowns, rounds, conditions);
  }

  private static <T> T value(Path file, Map<String, T> values, String name) {
    T value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(file + ": has no value of '" + name + "'");
    }
    return value;
  }

  private static void requireSame(
      Path file, Map<String, String> measured, Map<String, String> here) {
    List<String> differences = new ArrayList<>();
    here.forEach(
        (name, value) -> {
          String then = measured.getOrDefault(name, "not recorded");
          if (!then.equals(value)) {
            differences.add(name + " '" + then + "', but here it is '" + value + "'");
          }
        });
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          file
              + ": was measured with "
              + String.join("; ", differences)
              + "; measure again with KernelChooser.measure");
    }
  }
}
