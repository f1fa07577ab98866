package dev.patchgrad.choice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The recorded machines to go by, in steps: exactly this hardware; its microarchitecture with its
 * vectors; all of them, by their {@link Likeness}. Of a machine that was recorded with several JDKs
 * the nearest release counts.
 *
 * <p>A model number counts where nothing contradicts it: a hypervisor may tell another model than
 * the host has.
 */
final class NearMachines {
  private final Machine machine;
  private final MeasuredTimes table;
  private final String release;

  /**
   * For one machine.
   *
   * @param machine that a kernel is to run on
   * @param table of recorded machines
   * @param release of the JDK, such as {@code 25}; another text where it is unknown
   */
  NearMachines(Machine machine, MeasuredTimes table, String release) {
    this.machine = machine;
    this.table = table;
    this.release = release;
  }

  /**
   * Machines to go by.
   *
   * @param reason what they have in common with this one
   * @param isOfThisKind whether they are this machine or of its microarchitecture, with its vectors
   * @param machines and how unlike each is, the most like first
   */
  record Step(String reason, boolean isOfThisKind, Map<MeasuredTimes.Recorded, Likeness> machines) {
    /** Some of the machines in words; where they are of another kind, with their differences. */
    String inWords(Iterable<MeasuredTimes.Recorded> some) {
      List<String> words = new ArrayList<>();
      for (MeasuredTimes.Recorded recorded : some) {
        Likeness likeness = likeness(recorded);
        words.add(
            isOfThisKind
                ? recorded.id()
                : recorded.id()
                    + String.format(Locale.ROOT, " (weight %.2f", likeness.weight())
                    + (likeness.words().isEmpty() ? "" : ": " + likeness.words())
                    + ")");
      }
      return String.join(", ", words);
    }

    /** What a machine's times count beside those of the others. */
    double weight(MeasuredTimes.Recorded recorded) {
      return likeness(recorded).weight();
    }

    private Likeness likeness(MeasuredTimes.Recorded recorded) {
      return machines.getOrDefault(recorded, SAME);
    }
  }

  private static final Likeness SAME = new Likeness(0, "");

  /**
   * The steps, the nearest machines first.
   *
   * @param words that say which kinds of machines are not recorded
   */
  List<Step> steps(List<String> words) {
    Optional<String> microarchitecture = trueMicroarchitecture(words);
    // In software a fused multiply-add takes some 1000 cycles: what is fastest with the instruction
    // says nothing of a machine without it, nor the other way round.
    List<MeasuredTimes.Recorded> all =
        nearestReleases(
            table.machines().stream()
                .filter(recorded -> recorded.machine().hasFma() == machine.hasFma())
                .toList());
    List<MeasuredTimes.Recorded> exact =
        genuine(all, recorded -> machine.isKnown() && recorded.machine().isSameAs(machine));
    List<MeasuredTimes.Recorded> relatives =
        genuine(
            all,
            recorded ->
                recorded.machine().hasVectorsOf(machine)
                    && microarchitecture.equals(Optional.of(recorded.microarchitecture())));
    String vectors = machine.vectorsInWords();
    if (exact.isEmpty()) {
      words.add("exactly this hardware: not recorded");
      if (relatives.isEmpty()) {
        words.add(
            microarchitecture
                    .map(name -> "its microarchitecture, " + name + ", with " + vectors)
                    .orElse("its microarchitecture")
                + ": not recorded");
        if (all.stream().noneMatch(recorded -> recorded.machine().hasVectorsOf(machine))) {
          words.add(vectors + ": not recorded");
        }
      }
    }
    return List.of(
        new Step("recorded with exactly this hardware", true, same(exact)),
        new Step(
            "recorded with its microarchitecture, "
                + microarchitecture.orElse("")
                + ", and "
                + vectors,
            true,
            same(relatives)),
        new Step("recorded machines, the most like this one first", false, byLikeness(all)));
  }

  /** The microarchitecture that the model number says, where nothing contradicts it. */
  private Optional<String> trueMicroarchitecture(List<String> words) {
    return table
        .microarchitecture(machine)
        .filter(
            name -> {
              Optional<String> contradiction =
                  Microarchitectures.ofThisLibrary().contradiction(name, machine);
              contradiction.ifPresent(
                  found ->
                      words.add(
                          "model masked: the number says " + name + ", which has no " + found));
              return contradiction.isEmpty();
            });
  }

  private static Map<MeasuredTimes.Recorded, Likeness> same(List<MeasuredTimes.Recorded> machines) {
    Map<MeasuredTimes.Recorded, Likeness> same = new LinkedHashMap<>();
    machines.forEach(recorded -> same.put(recorded, SAME));
    return same;
  }

  private Map<MeasuredTimes.Recorded, Likeness> byLikeness(List<MeasuredTimes.Recorded> machines) {
    Map<MeasuredTimes.Recorded, Likeness> likenesses = new LinkedHashMap<>();
    machines.forEach(
        recorded -> likenesses.put(recorded, Likeness.of(machine, bytesPerFlop(), recorded)));
    return likenesses.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.comparingDouble(Likeness::doublings)))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
  }

  /** What this machine's own records measured; 0 where there is none. */
  private double bytesPerFlop() {
    return table.machines().stream()
        .filter(recorded -> recorded.machine().isSameAs(machine))
        .mapToDouble(MeasuredTimes.Recorded::bytesPerFlop)
        .max()
        .orElse(0);
  }

  /** The machines that fit; those that pretend to be what they are not only where no other does. */
  private static List<MeasuredTimes.Recorded> genuine(
      List<MeasuredTimes.Recorded> machines, Predicate<MeasuredTimes.Recorded> fits) {
    List<MeasuredTimes.Recorded> fitting = machines.stream().filter(fits).toList();
    List<MeasuredTimes.Recorded> genuine =
        fitting.stream().filter(MeasuredTimes.Recorded::isGenuine).toList();
    return genuine.isEmpty() ? fitting : genuine;
  }

  /** Without those of hardware that was recorded with a nearer JDK as well. */
  private List<MeasuredTimes.Recorded> nearestReleases(List<MeasuredTimes.Recorded> machines) {
    return machines.stream()
        .filter(
            recorded ->
                machines.stream()
                    .filter(
                        other ->
                            other.machine().isSameAs(recorded.machine())
                                && other.simulated().equals(recorded.simulated()))
                    .noneMatch(other -> isNearer(other.jdkRelease(), recorded.jdkRelease())))
        .toList();
  }

  /** Whether a release is nearer to this JDK's than another; of two as near, the newer is. */
  private boolean isNearer(String one, String other) {
    OptionalInt here = number(release);
    OptionalInt first = number(one);
    OptionalInt second = number(other);
    if (here.isEmpty() || first.isEmpty() || second.isEmpty()) {
      return false;
    }
    int difference =
        Integer.compare(
            Math.abs(first.getAsInt() - here.getAsInt()),
            Math.abs(second.getAsInt() - here.getAsInt()));
    return difference < 0 || (difference == 0 && first.getAsInt() > second.getAsInt());
  }

  private static OptionalInt number(String release) {
    return release.matches("\\d{1,4}")
        ? OptionalInt.of(Integer.parseInt(release))
        : OptionalInt.empty();
  }
}
