package dev.patchgrad.reports.environment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.ProcessorCache;
import oshi.hardware.CentralProcessor.ProcessorIdentifier;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.util.VirtualizationDetector;

/** Finds out about this machine by OSHI. */
public final class HardwareProbe {
  private final SystemInfo system = new SystemInfo();

  /** A probe of the machine that this process runs on. */
  public HardwareProbe() {}

  /**
   * Sizes of the caches that hold data, as one core of this machine sees them.
   *
   * @return bytes by name of the level: {@code L1}, {@code L2} …; no entry where the system does
   *     not say
   */
  public static Map<String, Long> cacheBytes() {
    return new HardwareProbe().hardware().cacheBytes();
  }

  /**
   * The machine.
   *
   * @return its facts
   */
  public Hardware hardware() {
    HardwareAbstractionLayer layer = system.getHardware();
    CentralProcessor processor = layer.getProcessor();
    ProcessorIdentifier identifier = processor.getProcessorIdentifier();
    String flags =
        " " + String.join(" ", processor.getFeatureFlags()).toLowerCase(Locale.ROOT) + " ";
    String hypervisor = VirtualizationDetector.identify(layer).orElse("");
    // The host sets the flag; some set it without a name that OSHI could find.
    boolean virtual = !hypervisor.isEmpty() || flags.contains(" hypervisor ");
    Hardware found =
        new Hardware(
            known(identifier.getVendor()),
            known(identifier.getName()),
            Microarchitectures.name(
                identifier.getVendor(),
                identifier.getFamily(),
                identifier.getModel(),
                known(identifier.getMicroarchitecture())),
            known(identifier.getFamily()),
            known(identifier.getModel()),
            known(identifier.getStepping()),
            processor.getPhysicalProcessorCount(),
            processor.getLogicalProcessorCount(),
            featureTier(flags, System.getProperty("os.arch", "")),
            caches(processor),
            layer.getMemory().getTotal(),
            virtual,
            virtual ? known(hypervisor) : "none",
            Extensions.of(processor.getFeatureFlags()),
            "");
    return found.checked();
  }

  /**
   * The models that are of the same microarchitecture as a processor.
   *
   * @param hardware whose vendor and family the models are of
   * @return model numbers, as that vendor's processors give them; at least the processor's own
   */
  public static List<String> modelsOfSameMicroarchitecture(Hardware hardware) {
    Set<String> models = new LinkedHashSet<>();
    // ARM's part numbers have 12 bits, and Linux gives them in hexadecimal; x86's models have 8.
    boolean hexadecimal = hardware.familyModel().startsWith("0x");
    for (int model = 0; model < (hexadecimal ? 1 << 12 : 1 << 8); model++) {
      String text = hexadecimal ? String.format("0x%03x", model) : Integer.toString(model);
      if (byModel(hardware.vendor(), hardware.family(), text)
          .equals(hardware.microarchitecture())) {
        models.add(text);
      }
    }
    models.add(hardware.familyModel());
    return List.copyOf(models);
  }

  /** The microarchitecture that vendor, family and model number say. */
  static String byModel(String vendor, String family, String model) {
    ProcessorIdentifier identifier =
        new ProcessorIdentifier(vendor, "", family, model, "", "", true);
    return Microarchitectures.name(vendor, family, model, known(identifier.getMicroarchitecture()));
  }

  /**
   * The operating system.
   *
   * @return its facts
   */
  public OperatingSystem operatingSystem() {
    oshi.software.os.OperatingSystem os = system.getOperatingSystem();
    return new OperatingSystem(
        known(os.getFamily()),
        known(String.valueOf(os.getVersionInfo())),
        System.getProperty("os.arch", "unknown"));
  }

  /**
   * How busy the machine is at this moment.
   *
   * @return load, and processor time counted since the system's start
   */
  public SystemState state() {
    CentralProcessor processor = system.getHardware().getProcessor();
    long[] ticks = processor.getSystemCpuLoadTicks();
    long total = 0;
    for (TickType type : TickType.values()) {
      total += ticks[type.getIndex()];
    }
    double load = processor.getSystemLoadAverage(1)[0];
    return new SystemState(
        Math.max(load, 0),
        ticks[TickType.STEAL.getIndex()],
        // A core that waits for a disk does no work.
        ticks[TickType.IDLE.getIndex()] + ticks[TickType.IOWAIT.getIndex()],
        total,
        OwnTime.millis());
  }

  /** The widest vector instructions that the processor's flags name. */
  static String featureTier(String flags, String architecture) {
    // Linux writes "avx512f", macOS "AVX512F", Windows "PF_AVX512F_INSTRUCTIONS_AVAILABLE".
    for (String tier : List.of("avx512", "avx2", "avx")) {
      if (flags.contains(tier)) {
        return tier;
      }
    }
    boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
    if (arm) {
      return flags.matches(".*\\bsve.*") ? "sve" : "neon";
    }
    return architecture.contains("64") && flags.contains("sse") ? "sse" : "unknown";
  }

  private static List<Cache> caches(CentralProcessor processor) {
    List<Cache> caches = new ArrayList<>();
    for (ProcessorCache cache : processor.getProcessorCaches()) {
      String kind = cache.getType().name().toLowerCase(Locale.ROOT);
      caches.add(new Cache(cache.getLevel(), kind, cache.getCacheSize()));
    }
    caches.sort(Comparator.comparingInt(Cache::level).thenComparing(Cache::kind));
    return caches;
  }

  private static String known(String text) {
    return text.isBlank() ? "unknown" : text.trim();
  }
}
