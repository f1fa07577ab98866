package dev.patchgrad.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How unlike two machines are in what makes kernels fast: the width of vectors, the registers for
 * them, the caches next to a core, and how many bytes L2 gives for each operation of arithmetic. A
 * marketing name does not count.
 *
 * <p>Each fact counts by the doublings between the two machines, and those are added. A fact that
 * is unknown of either does not count. A machine that pretends to be another one is unlike by a
 * half more: its vectors are as told, and the rest is its own.
 *
 * @param doublings by which they differ, all facts together
 * @param words what differs; empty where nothing that is known does
 */
record Likeness(double doublings, String words) {
  /**
   * The doublings after which a machine weighs a third of what it weighs where nothing differs. On
   * 2026-11-27, over the recorded machines and the one of {@code LikenessTest}, each chosen for by
   * the others, without regard to padding: 3, 4, 5 and 8 gave slowdowns of 1.02 in the geometric
   * mean and 1.38 at worst, 2 gave 1.04 and 1.82.
   */
  private static final double SCALE = 4;

  private static final double PRETENCE = 0.5;

  /** A fact of two machines; 0 where it is not known. */
  private record Fact(String name, double here, double there) {
    OptionalDouble doublings() {
      return here <= 0 || there <= 0 || here == there
          ? OptionalDouble.empty()
          : OptionalDouble.of(Math.abs(Math.log(here / there)) / Math.log(2));
    }

    String inWords() {
      return name + " " + number(there) + " for " + number(here);
    }

    private static String number(double value) {
      return value == Math.rint(value)
          ? Long.toString((long) value)
          : String.format(Locale.ROOT, "%.2f", value);
    }
  }

  /**
   * How unlike a recorded machine is.
   *
   * @param here the machine that a kernel is to run on
   * @param bytesPerFlop that L2 gives there; 0 where nobody measured it
   * @param recorded a machine of the table
   */
  static Likeness of(Machine here, double bytesPerFlop, MeasuredTimes.Recorded recorded) {
    Machine there = recorded.machine();
    List<String> words = new ArrayList<>();
    double sum = 0;
    for (Fact fact :
        List.of(
            new Fact("vectors of", here.vectorBits(), there.vectorBits()),
            new Fact("vector registers", registers(here), registers(there)),
            new Fact("KiB of L1", here.l1Kib(), there.l1Kib()),
            new Fact("KiB of L2", here.l2Kib(), there.l2Kib()),
            new Fact("bytes of L2 a flop", bytesPerFlop, recorded.bytesPerFlop()))) {
      OptionalDouble doublings = fact.doublings();
      if (doublings.isPresent()) {
        sum += doublings.getAsDouble();
        words.add(fact.inWords());
      }
    }
    if (!recorded.isGenuine()) {
      sum += PRETENCE;
      words.add("pretends " + recorded.simulated());
    }
    return new Likeness(sum, String.join(", ", words));
  }

  /** What the machine's times count beside those of others: 1 where nothing differs. */
  double weight() {
    return Math.exp(-doublings / SCALE);
  }

  /** Registers for vectors; 0 where the instructions are unknown. */
  private static int registers(Machine machine) {
    String instructions = machine.instructions().replace(Machine.WITHOUT_FMA, "");
    return Map.of("avx512", 32, "sve", 32, "neon", 32, "avx2", 16, "avx", 16, "sse", 16)
        .getOrDefault(instructions, 0);
  }
}
