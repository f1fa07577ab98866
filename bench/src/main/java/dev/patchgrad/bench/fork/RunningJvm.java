package dev.patchgrad.bench.fork;

import dev.patchgrad.bench.problem.HotSpotFlag;
import dev.patchgrad.reports.environment.JvmFacts;
import dev.patchgrad.reports.environment.Species;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** What the JVM that measures says of itself. */
final class RunningJvm {
  private static final String UNKNOWN = HotSpotFlag.UNKNOWN;

  /** Flags that decide what vector code becomes, how objects lie, and how much memory moves. */
  private static final List<String> FLAGS =
      List.of(
          "UseAVX",
          "UseSSE",
          "UseSVE",
          "MaxVectorSize",
          "UseFMA",
          "EnableVectorSupport",
          "UseSuperWord",
          "AlignVector",
          "TieredCompilation",
          "TieredStopAtLevel",
          "ObjectAlignmentInBytes",
          "UseCompactObjectHeaders",
          "UseCompressedClassPointers",
          "UseCompressedOops",
          "UseTransparentHugePages",
          "UseLargePages",
          "AlwaysPreTouch",
          "MaxHeapSize");

  private static final List<String> COLLECTORS =
      List.of(
          "UseG1GC", "UseParallelGC", "UseSerialGC", "UseZGC", "UseShenandoahGC", "UseEpsilonGC");

  private RunningJvm() {}

  /** Its facts. */
  static JvmFacts facts() {
    Map<String, String> flags = new TreeMap<>();
    for (String name : FLAGS) {
      String value = HotSpotFlag.value(name);
      if (!value.equals(UNKNOWN)) {
        flags.put(name, value);
      }
    }
    return new JvmFacts(
        System.getProperty("java.vendor", UNKNOWN),
        System.getProperty("java.runtime.version", UNKNOWN),
        System.getProperty("java.vm.name", UNKNOWN),
        collector(),
        Runtime.getRuntime().availableProcessors(),
        flags,
        species(FloatVector.SPECIES_PREFERRED),
        species(DoubleVector.SPECIES_PREFERRED),
        ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  /** Which of the flags among its facts somebody set. */
  static Set<String> setFlags() {
    return FLAGS.stream().filter(HotSpotFlag::isSet).collect(Collectors.toSet());
  }

  private static String collector() {
    for (String flag : COLLECTORS) {
      if (HotSpotFlag.value(flag).equals("true")) {
        return flag.substring("Use".length(), flag.length() - "GC".length());
      }
    }
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(GarbageCollectorMXBean::getName)
        .collect(Collectors.joining(", "));
  }

  private static Species species(VectorSpecies<?> species) {
    return new Species(species.vectorBitSize(), species.length());
  }
}
