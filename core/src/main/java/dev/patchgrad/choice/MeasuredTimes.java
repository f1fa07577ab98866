package dev.patchgrad.choice;

import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What recorded machines measured, as the reports' {@code times} writes it in {@link
 * TabSeparatedFormat}.
 *
 * <pre>
 * patchgrad-measured-times  VERSION
 * # a remark
 * microarchitecture  NAME VENDOR FAMILY MODELS
 * machine            ID MICROARCHITECTURE VENDOR MODEL FAMILY MODEL-NUMBER CORES THREADS
 *                    INSTRUCTIONS VECTOR-BITS SIMULATED JDK DATE
 * fact               ID NAME VALUE
 * time               ID PRECISION STUDENTS THREADS P K N KERNEL SLOWDOWN NOISE
 * </pre>
 *
 * <p>MODELS are separated by commas. A fact is one of {@code l1-kib}, {@code l2-kib}, {@code
 * extensions}, separated by blanks, and {@code l2-bytes-per-flop}, as the roofs of the run gave it
 * in double; others are passed over. SLOWDOWN is a kernel's time over the fastest kernel's at the
 * same point; NOISE is {@code within} where the measurement cannot tell it from the fastest, else
 * {@code beyond}. Every kernel that was measured has its line. With several STUDENTS a kernel for
 * one student computes one after the other, and {@code students} all in one pass.
 */
final class MeasuredTimes {
  private static final TabSeparatedFormat FORMAT =
      new TabSeparatedFormat(
          "a table of measured times",
          "patchgrad-measured-times",
          1,
          // What such tables were called when they were thought to hold choices.
          Set.of("patchgrad-choices"));

  private static final String RESOURCE = "measured-times.tsv";

  /**
   * A machine whose measurements the table holds.
   *
   * @param id that its records are kept under
   * @param microarchitecture of its processor
   * @param machine its facts
   * @param simulated what it pretended to be; {@code none} for the machine as it is
   * @param jdk that was measured with
   * @param date of the measurement
   * @param bytesPerFlop that one core reads from L2 in the time of one operation in double; 0 where
   *     the run did not measure it
   */
  record Recorded(
      String id,
      String microarchitecture,
      Machine machine,
      String simulated,
      String jdk,
      String date,
      double bytesPerFlop) {
    /** Whether it was measured as it is, and pretended nothing. */
    boolean isGenuine() {
      return simulated.equals("none");
    }

    private Recorded with(TabSeparatedFormat.Line fact) {
      Machine m = machine;
      List<String> extensions = m.extensions();
      int l1 = m.l1Kib();
      int l2 = m.l2Kib();
      double bytes = bytesPerFlop;
      switch (fact.text(2)) {
        case "l1-kib" -> l1 = fact.whole(3, "KiB", 1);
        case "l2-kib" -> l2 = fact.whole(3, "KiB", 1);
        case "extensions" -> extensions = List.of(fact.text(3).split(" "));
        case "l2-bytes-per-flop" -> bytes = fact.number(3, "bytes per flop", 0);
        default -> {
          // A later version may know more of a machine.
        }
      }
      return new Recorded(
          id,
          microarchitecture,
          new Machine(
              m.vendor(),
              m.model(),
              m.family(),
              m.familyModel(),
              m.physicalCores(),
              m.logicalCores(),
              m.instructions(),
              m.vectorBits(),
              extensions,
              l1,
              l2,
              m.lastKib()),
          simulated,
          jdk,
          date,
          bytes);
    }

    /** The JDK's feature release, such as {@code 25}; all of its text where that names none. */
    String jdkRelease() {
      return jdk.replaceFirst("^(\\d+).*", "$1");
    }
  }

  /**
   * How the kernels compare at one point of the grid.
   *
   * @param students students at once
   * @param threads at once, each with its own n samples
   * @param p dimension of a patch
   * @param k patches of a sample
   * @param n samples
   * @param kernels by name
   */
  record Point(int students, int threads, int p, int k, int n, Map<String, Entry> kernels) {}

  /**
   * One kernel at one point.
   *
   * @param slowdown its time over that of the fastest, at least 1
   * @param withinNoise whether the measurement cannot tell it from the fastest
   */
  record Entry(double slowdown, boolean withinNoise) {}

  private record PointKey(
      String id, Precision precision, int students, int threads, int p, int k, int n) {}

  private final List<Recorded> machines = new ArrayList<>();
  private final Map<List<String>, String> microarchitectures = new LinkedHashMap<>();
  private final Map<PointKey, Map<String, Entry>> points = new LinkedHashMap<>();

  private MeasuredTimes() {}

  /** The table that this library comes with. */
  static MeasuredTimes ofThisLibrary() {
    try (InputStream stream = MeasuredTimes.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(
            RESOURCE + " is not beside " + MeasuredTimes.class.getName());
      }
      return read(new InputStreamReader(stream, StandardCharsets.UTF_8), RESOURCE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a table, whole or not at all.
   *
   * @param text of it
   * @param origin its name, for messages
   * @throws IllegalArgumentException naming the line, its text and what was expected
   * @throws IOException if it cannot be read
   */
  static MeasuredTimes read(Reader text, String origin) throws IOException {
    MeasuredTimes table = new MeasuredTimes();
    FORMAT.read(text, origin, table::add);
    return table;
  }

  private void add(TabSeparatedFormat.Line line) {
    switch (line.kind()) {
      case "microarchitecture" -> {
        line.requireFields(5);
        for (String model : line.text(4).split(",", -1)) {
          microarchitectures.put(List.of(line.text(2), line.text(3), model), line.text(1));
        }
      }
      case "machine" -> {
        line.requireFields(14);
        if (recorded(line.text(1)).isPresent()) {
          throw new IllegalArgumentException("the machine appears twice");
        }
        machines.add(
            new Recorded(
                line.text(1),
                line.text(2),
                new Machine(
                    line.text(3),
                    line.text(4),
                    line.text(5),
                    line.text(6),
                    line.whole(7, "cores", 0),
                    line.whole(8, "threads", 0),
                    line.text(9),
                    line.whole(10, "vector bits", 1)),
                line.text(11),
                line.text(12),
                line.text(13),
                0));
      }
      case "fact" -> {
        line.requireFields(4);
        Recorded known =
            recorded(line.text(1))
                .orElseThrow(
                    () -> new IllegalArgumentException("expected a machine of a line before"));
        machines.set(machines.indexOf(known), known.with(line));
      }
      case "time" -> {
        line.requireFields(11);
        if (recorded(line.text(1)).isEmpty()) {
          throw new IllegalArgumentException("expected a machine of a line before");
        }
        Entry entry = new Entry(line.number(9, "slowdown", 1), noise(line.text(10)));
        PointKey key =
            new PointKey(
                line.text(1),
                Precision.ofLabel(line.text(2)),
                line.whole(3, "students", 1),
                line.whole(4, "threads", 1),
                line.whole(5, "p", 1),
                line.whole(6, "k", 1),
                line.whole(7, "n", 1));
        Map<String, Entry> kernels = points.computeIfAbsent(key, any -> new LinkedHashMap<>());
        if (kernels.put(Kernels.currentName(line.text(8)), entry) != null) {
          throw new IllegalArgumentException("the kernel appears twice at this point");
        }
      }
      default ->
          throw new IllegalArgumentException(
              "expected microarchitecture, machine, fact, time or #");
    }
  }

  private static boolean noise(String text) {
    return switch (text) {
      case "within" -> true;
      case "beyond" -> false;
      default ->
          throw new IllegalArgumentException("noise '" + text + "'; expected within or beyond");
    };
  }

  /** The machines, in the table's order. */
  List<Recorded> machines() {
    return List.copyOf(machines);
  }

  private Optional<Recorded> recorded(String id) {
    return machines.stream().filter(recorded -> recorded.id().equals(id)).findFirst();
  }

  /**
   * The microarchitecture that a processor's model number says; empty where the table has none of
   * that family.
   */
  Optional<String> microarchitecture(Machine machine) {
    return Optional.ofNullable(
        microarchitectures.get(List.of(machine.vendor(), machine.family(), machine.familyModel())));
  }

  /** All points of a machine. */
  List<Point> points(String id, Precision precision) {
    List<Point> found = new ArrayList<>();
    points.forEach(
        (key, kernels) -> {
          if (key.id().equals(id) && key.precision() == precision) {
            found.add(new Point(key.students(), key.threads(), key.p(), key.k(), key.n(), kernels));
          }
        });
    return found;
  }

  /** All kernels that were measured somewhere. */
  Set<String> kernels() {
    Set<String> names = new LinkedHashSet<>();
    points.values().forEach(kernels -> names.addAll(kernels.keySet()));
    return names;
  }
}
