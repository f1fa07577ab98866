package dev.patchgrad.choice;

import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Precision;
import java.io.BufferedReader;
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
 * What recorded machines measured, as the reports' {@code times} writes it: lines of fields that
 * are separated by tabs, the first of which says what a line holds.
 *
 * <pre>
 * patchgrad-measured-times  VERSION
 * # a remark
 * microarchitecture  NAME VENDOR FAMILY MODELS
 * machine            ID MICROARCHITECTURE VENDOR MODEL FAMILY MODEL-NUMBER CORES THREADS
 *                    INSTRUCTIONS VECTOR-BITS SIMULATED JDK DATE
 * time               ID PRECISION STUDENTS THREADS P K N KERNEL SLOWDOWN NOISE
 * </pre>
 *
 * <p>MODELS are separated by commas. SLOWDOWN is a kernel's time over the fastest kernel's at the
 * same point; NOISE is {@code within} where the measurement cannot tell it from the fastest, else
 * {@code beyond}. Every kernel that was measured has its line. With several STUDENTS a kernel for
 * one student computes one after the other, and {@code students} all in one pass.
 */
final class MeasuredTimes {
  /** The version of the form that this code reads. */
  static final int VERSION = 1;

  private static final String NAME = "patchgrad-measured-times";

  /** The first word of tables that were written before this version. */
  private static final String FORMER_NAME = "patchgrad-choices";

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
   */
  record Recorded(
      String id,
      String microarchitecture,
      Machine machine,
      String simulated,
      String jdk,
      String date) {
    /** Whether it was measured as it is, and pretended nothing. */
    boolean isGenuine() {
      return simulated.equals("none");
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
    BufferedReader lines = new BufferedReader(text);
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      try {
        if (number == 1) {
          requireVersion(line);
        } else if (!line.isBlank() && !line.startsWith("#")) {
          table.add(line.split("\t", -1));
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            origin + ", line " + number + ": '" + line + "': " + e.getMessage(), e);
      }
    }
    if (number == 0) {
      throw new IllegalArgumentException(origin + ": is empty; expected a table of measured times");
    }
    return table;
  }

  private static void requireVersion(String line) {
    if (!line.equals(NAME + "\t" + VERSION) && !line.equals(FORMER_NAME + "\t" + VERSION)) {
      throw new IllegalArgumentException("expected '" + NAME + "', a tab and version " + VERSION);
    }
  }

  private void add(String[] fields) {
    switch (fields[0]) {
      case "microarchitecture" -> {
        requireFields(fields, 5);
        for (String model : fields[4].split(",", -1)) {
          microarchitectures.put(List.of(fields[2], fields[3], model), fields[1]);
        }
      }
      case "machine" -> {
        requireFields(fields, 14);
        if (recorded(fields[1]).isPresent()) {
          throw new IllegalArgumentException("the machine is there twice");
        }
        machines.add(
            new Recorded(
                fields[1],
                fields[2],
                new Machine(
                    fields[3],
                    fields[4],
                    fields[5],
                    fields[6],
                    whole("cores", fields[7], 0),
                    whole("threads", fields[8], 0),
                    fields[9],
                    whole("vector bits", fields[10], 1)),
                fields[11],
                fields[12],
                fields[13]));
      }
      case "time" -> {
        requireFields(fields, 11);
        if (recorded(fields[1]).isEmpty()) {
          throw new IllegalArgumentException("expected a machine of a line before");
        }
        Entry entry = new Entry(slowdown(fields[9]), noise(fields[10]));
        PointKey key =
            new PointKey(
                fields[1],
                Precision.ofLabel(fields[2]),
                whole("students", fields[3], 1),
                whole("threads", fields[4], 1),
                whole("p", fields[5], 1),
                whole("k", fields[6], 1),
                whole("n", fields[7], 1));
        Map<String, Entry> kernels = points.computeIfAbsent(key, any -> new LinkedHashMap<>());
        if (kernels.put(Kernels.currentName(fields[8]), entry) != null) {
          throw new IllegalArgumentException("the kernel is there twice");
        }
      }
      default ->
          throw new IllegalArgumentException("expected microarchitecture, machine, time or #");
    }
  }

  private static void requireFields(String[] fields, int count) {
    if (fields.length != count) {
      throw new IllegalArgumentException(
          fields.length + " fields; expected " + count + ", separated by tabs");
    }
  }

  private static int whole(String name, String text, int least) {
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least) {
      throw new IllegalArgumentException(
          name + " '" + text + "'; expected a whole number from " + least + " on");
    }
    return Integer.parseInt(text);
  }

  private static double slowdown(String text) {
    if (!text.matches("\\d{1,9}(\\.\\d{1,9})?") || Double.parseDouble(text) < 1) {
      throw new IllegalArgumentException("slowdown '" + text + "'; expected a number from 1 on");
    }
    return Double.parseDouble(text);
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

  /** The microarchitecture of a processor; empty where the table has none of that family. */
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
