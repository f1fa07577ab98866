package dev.patchgrad.choice;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.patchgrad.internal.VectorApi;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.incubator.vector.FloatVector;

/**
 * Finds out what machine this is, without a library and without starting a program: Linux tells it
 * in files, Windows in an environment variable; macOS tells the JVM's flags alone.
 *
 * <p>The facts are written as the records of runs have them, so that a machine is found again.
 */
final class MachineProbe {
  /** Name and value on a line of /proc/cpuinfo. */
  private static final Pattern LINE = Pattern.compile("\\s*(.*?)\\s*:\\s*(.*?)\\s*");

  /** What Windows tells: {@code Intel64 Family 6 Model 154 Stepping 3, GenuineIntel}. */
  private static final Pattern WINDOWS =
      Pattern.compile(".* Family (\\d+) Model (\\d+) Stepping \\d+, (\\S+)");

  /** Caches that the system tells of one core; the rest are shared, and further away. */
  private static final int MOST_CACHES = 4;

  /** The size of a cache, as {@code 48K}. */
  private static final Pattern CACHE = Pattern.compile("(\\d{1,6})([KM])");

  /** The names that lscpu gives the implementers of ARM processors, which Linux tells by number. */
  private static final Map<String, String> IMPLEMENTERS =
      Map.of(
          "0x41", "ARM", "0x4e", "NVIDIA", "0x51", "Qualcomm", "0x61", "Apple", "0xc0", "Ampere");

  private final Path root;
  private final Properties system;
  private final Map<String, String> variables;

  /**
   * A probe.
   *
   * @param root that /proc and /sys are looked for in
   * @param system properties of this JVM
   * @param variables of the environment
   */
  MachineProbe(Path root, Properties system, Map<String, String> variables) {
    this.root = root;
    this.system = system;
    this.variables = Map.copyOf(variables);
  }

  /** The machine; what could not be found is unknown. */
  Machine machine() {
    String instructions =
        VectorInstructions.of(system.getProperty("os.arch", ""), MachineProbe::flag);
    int bits = VectorApi.isPresent() ? VectorWidth.bits() : 0;
    List<String> lines = lines(root.resolve("proc/cpuinfo"));
    if (!lines.isEmpty()) {
      return linux(lines, instructions, bits);
    }
    Matcher windows = WINDOWS.matcher(variables.getOrDefault("PROCESSOR_IDENTIFIER", ""));
    if (windows.matches()) {
      return new Machine(
          windows.group(3),
          Machine.UNKNOWN,
          windows.group(1),
          windows.group(2),
          0,
          Runtime.getRuntime().availableProcessors(),
          instructions,
          bits);
    }
    return new Machine(
        Machine.UNKNOWN,
        Machine.UNKNOWN,
        Machine.UNKNOWN,
        Machine.UNKNOWN,
        0,
        Runtime.getRuntime().availableProcessors(),
        instructions,
        bits);
  }

  /** Loaded only where the Vector API is there. */
  private static final class VectorWidth {
    static int bits() {
      return FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }
  }

  /** A flag of this JVM by name; empty where it has none, or does not tell. */
  static Optional<String> flag(String name) {
    try {
      HotSpotDiagnosticMXBean vm =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return vm == null ? Optional.empty() : Optional.of(vm.getVMOption(name).getValue());
    } catch (IllegalArgumentException | LinkageError e) {
      return Optional.empty(); // another processor, another JVM, or no management module
    }
  }

  private Machine linux(List<String> lines, String instructions, int bits) {
    Map<String, String> last = new HashMap<>();
    int processors = 0;
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        continue;
      }
      String name = matcher.group(1).toLowerCase(java.util.Locale.ROOT);
      String value = matcher.group(2);
      boolean number = value.matches("\\d+");
      if (name.equals("processor") && number) {
        processors++;
      } else if (!value.isEmpty()) {
        last.put(name, value);
      }
    }
    String implementer = last.getOrDefault("cpu implementer", Machine.UNKNOWN);
    Topology topology = topology(processors);
    Map<String, Integer> caches = smallestCaches(topology.threads());
    return new Machine(
        last.getOrDefault("vendor_id", IMPLEMENTERS.getOrDefault(implementer, implementer)),
        last.getOrDefault("model name", Machine.UNKNOWN),
        last.getOrDefault("cpu family", last.getOrDefault("cpu architecture", Machine.UNKNOWN)),
        last.getOrDefault("model", last.getOrDefault("cpu part", Machine.UNKNOWN)),
        topology.cores(),
        topology.threads(),
        instructions,
        bits,
        extensions(last.getOrDefault("flags", last.getOrDefault("features", ""))),
        caches.getOrDefault("1", 0),
        caches.getOrDefault("2", 0),
        caches.entrySet().stream()
            .max(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .orElse(0));
  }

  /** The extensions that tell processors apart, of those that the system lists. */
  private static List<String> extensions(String flags) {
    Set<String> has = Set.of(flags.split("\\s+"));
    return Microarchitectures.ofThisLibrary().extensionNames().stream()
        .filter(has::contains)
        .toList();
  }

  /** The sizes in KiB of the smallest caches for data, by level; none that the system hides. */
  private Map<String, Integer> smallestCaches(int processors) {
    Map<String, Integer> smallest = new HashMap<>();
    for (int processor = 0; processor < processors; processor++) {
      Path folder = root.resolve("sys/devices/system/cpu/cpu" + processor + "/cache");
      for (int index = 0; index < MOST_CACHES; index++) {
        Path cache = folder.resolve("index" + index);
        Matcher size = CACHE.matcher(String.join("", lines(cache.resolve("size"))).trim());
        if (size.matches() && !lines(cache.resolve("type")).equals(List.of("Instruction"))) {
          int kib = Integer.parseInt(size.group(1)) << (size.group(2).equals("M") ? 10 : 0);
          smallest.merge(String.join("", lines(cache.resolve("level"))), kib, Math::min);
        }
      }
    }
    return smallest;
  }

  private record Topology(int cores, int threads) {}

  /** Cores and their threads, by /sys, which a container's limits do not change. */
  private Topology topology(int processors) {
    Set<List<String>> cores = new HashSet<>();
    int threads = 0;
    for (int processor = 0; ; processor++) {
      Path folder = root.resolve("sys/devices/system/cpu/cpu" + processor + "/topology");
      List<String> core = lines(folder.resolve("core_id"));
      if (core.isEmpty()) {
        // A processor that is switched off has no topology; the next may.
        OptionalInt present = present();
        if (processor > present.orElse(-1)) {
          break;
        }
        continue;
      }
      threads++;
      cores.add(
          List.of(core.get(0), String.join(" ", lines(folder.resolve("physical_package_id")))));
    }
    return threads == 0 ? new Topology(0, processors) : new Topology(cores.size(), threads);
  }

  /** The number of the last processor that could be there. */
  private OptionalInt present() {
    String text = String.join("", lines(root.resolve("sys/devices/system/cpu/present")));
    Matcher matcher = Pattern.compile("(?:.*[-,])?(\\d{1,5})").matcher(text.trim());
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (IOException | SecurityException e) {
      return List.of(); // another system
    }
  }
}
