package dev.patchgrad.choice;

import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Checks;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Precision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link KernelChooser#measure} found: a value that can be saved, and loaded again where it
 * still holds.
 *
 * @param workload that was measured
 * @param kernel the fastest, or the simplest of those that are as fast within {@link #NOISE}
 * @param slowdowns time over that of the fastest, by kernel
 * @param rounds that each kernel was measured in, by kernel
 * @param conditions what the answer depends on, by name: facts of the machine, JDK, version of this
 *     library
 */
public record MeasuredChoice(
    Workload workload,
    String kernel,
    Map<String, Double> slowdowns,
    Map<String, Integer> rounds,
    Map<String, String> conditions) {
  /** Slowdowns up to here count as none: the same code differs by as much from start to start. */
  public static final double NOISE = 1.03;

  private static final String FIRST_LINE = "patchgrad-measured-choice\t1";

  /** Copies the maps. */
  public MeasuredChoice {
    slowdowns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(slowdowns));
    rounds = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(rounds));
    conditions = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
  }

  /** From timings, the simplest kernel first. */
  static MeasuredChoice of(Workload workload, List<PairedTiming.Timing> timings, Machine machine) {
    double least = timings.stream().mapToDouble(PairedTiming.Timing::nanos).min().orElseThrow();
    Map<String, Double> slowdowns = new LinkedHashMap<>();
    Map<String, Integer> rounds = new LinkedHashMap<>();
    for (PairedTiming.Timing timing : timings) {
      slowdowns.put(timing.kernel(), timing.nanos() / least);
      rounds.put(timing.kernel(), timing.rounds());
    }
    String kernel =
        slowdowns.entrySet().stream()
            .filter(entry -> entry.getValue() <= NOISE)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    return new MeasuredChoice(workload, kernel, slowdowns, rounds, conditions(machine));
  }

  private static Map<String, String> conditions(Machine machine) {
    Map<String, String> conditions = new LinkedHashMap<>(machine.facts());
    conditions.put("JDK", System.getProperty("java.runtime.version", Machine.UNKNOWN));
    conditions.put("patchgrad version", LibraryVersion.current());
    return conditions;
  }

  /**
   * The measured kernel as a choice, for {@link Gradients#of(dev.patchgrad.network.PatchBatch,
   * Choice)}.
   *
   * @return the choice
   */
  public Choice choice() {
    List<String> steps = new ArrayList<>();
    steps.add("wanted: " + workload);
    steps.add("measured on the caller's batch: " + KernelChooser.inWords(slowdowns));
    steps.add("rounds: " + rounds);
    boolean fastest = slowdowns.getOrDefault(kernel, 1.0) == 1.0;
    steps.add(
        "taken: "
            + kernel
            + (fastest
                ? ", the fastest"
                : ", the simplest of those that are as fast within "
                    + Math.round(100 * (NOISE - 1))
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
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    conditions.forEach((name, value) -> line(text, "condition", name, value));
    line(text, "precision", workload.precision().label());
    line(text, "p", workload.p());
    line(text, "k", workload.k());
    line(text, "n", workload.n());
    line(text, "layout", workload.layout().lanes(), workload.layout().multiple());
    line(text, "kernel", kernel);
    slowdowns.forEach(
        (name, slowdown) -> line(text, "slowdown", name, slowdown, rounds.getOrDefault(name, 0)));
    Path absolute = file.toAbsolutePath();
    Path fresh = absolute.resolveSibling(absolute.getFileName() + ".new");
    Files.writeString(fresh, text, StandardCharsets.UTF_8);
    Files.move(fresh, absolute, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void line(StringBuilder text, Object... fields) {
    text.append(
            String.join(
                "\t", java.util.Arrays.stream(fields).map(String::valueOf).toArray(String[]::new)))
        .append('\n');
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
    List<String> lines = Files.readString(file, StandardCharsets.UTF_8).lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(FIRST_LINE)) {
      throw new IllegalArgumentException(
          file
              + ": first line '"
              + (lines.isEmpty() ? "" : lines.getFirst())
              + "'; expected '"
              + FIRST_LINE
              + "', as MeasuredChoice.save writes it");
    }
    Map<String, String> conditions = new LinkedHashMap<>();
    Map<String, Double> slowdowns = new LinkedHashMap<>();
    Map<String, Integer> rounds = new LinkedHashMap<>();
    Map<String, String[]> values = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split("\t", -1);
      try {
        switch (fields[0]) {
          case "condition" -> conditions.put(fields[1], fields[2]);
          case "slowdown" -> {
            slowdowns.put(fields[1], Double.valueOf(fields[2]));
            rounds.put(fields[1], Integer.valueOf(fields[3]));
          }
          default -> values.put(fields[0], fields);
        }
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        throw new IllegalArgumentException(file + ": '" + line + "' is no line of a choice", e);
      }
    }
    requireSame(file, conditions, conditions(machine));
    String kernel = value(file, values, "kernel", 1);
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
            Precision.ofLabel(value(file, values, "precision", 1)),
            whole(file, values, "p", 1),
            whole(file, values, "k", 1),
            whole(file, values, "n", 1),
            1,
            1,
            new Layout(whole(file, values, "layout", 1), whole(file, values, "layout", 2)),
            Workload.MANY);
    return new MeasuredChoice(workload, kernel, slowdowns, rounds, conditions);
  }

  private static String value(Path file, Map<String, String[]> values, String name, int index) {
    String[] fields = values.get(name);
    if (fields == null || fields.length <= index) {
      throw new IllegalArgumentException(file + ": has no value of '" + name + "'");
    }
    return fields[index];
  }

  private static int whole(Path file, Map<String, String[]> values, String name, int index) {
    String text = value(file, values, name, index);
    if (!text.matches("\\d{1,9}")) {
      throw new IllegalArgumentException(
          file + ": " + name + " '" + text + "'; expected a whole number");
    }
    return Checks.requirePositive(name, Integer.parseInt(text));
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
