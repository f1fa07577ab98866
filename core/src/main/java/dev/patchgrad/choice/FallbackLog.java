package dev.patchgrad.choice;

import dev.patchgrad.internal.Lack;
import dev.patchgrad.kernel.Kernels;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says what a choice falls back from: in words for its explanation, and in a log, where each kind
 * comes once. A program that computes a thousand gradients on a hundred threads gets one line.
 */
final class FallbackLog {
  /** The name of the logger. */
  private static final String NAME = "dev.patchgrad";

  private static final String MEASURE =
      "; KernelChooser.ofThisMachine().measure(batch) times the kernels here";

  private enum Kind {
    NO_VECTORS(System.Logger.Level.WARNING),
    UNKNOWN_MACHINE(System.Logger.Level.INFO),
    OTHER_JDK(System.Logger.Level.INFO);

    private final System.Logger.Level level;

    Kind(System.Logger.Level level) {
      this.level = level;
    }
  }

  private final System.Logger logger;
  private final Set<Kind> logged = ConcurrentHashMap.newKeySet();

  /**
   * A log.
   *
   * @param logger that gets the lines
   */
  FallbackLog(System.Logger logger) {
    this.logger = logger;
  }

  private static final class ThisJvm {
    static final FallbackLog LOG = new FallbackLog(System.getLogger(NAME));
  }

  /** The one that all choosers of this JVM share. */
  static FallbackLog ofThisJvm() {
    return ThisJvm.LOG;
  }

  /** Kernels that are faster than the one taken cannot run here, or would be slower. */
  String noVectors(Lack lack, Candidates candidates) {
    return tell(
        Kind.NO_VECTORS,
        candidates.withoutVectors(lack).missingInWords(Kernels::usesVectors).orElse(lack.reason())
            + "; "
            + lack.remedy()
            + ", since without vectors a gradient takes many times as long");
  }

  /** The choice goes by other machines than this one. */
  String unknownMachine(Workload workload, Machine machine) {
    String reason =
        machine.instructions().startsWith(Machine.UNKNOWN)
            ? "this JVM does not tell its vector instructions, as HotSpot does with the module"
                + " jdk.management"
            : "no time in "
                + workload.precision().label()
                + " is recorded of this machine or its microarchitecture with "
                + machine.vectorsInWords();
    return tell(Kind.UNKNOWN_MACHINE, reason + ", so the choice goes by others" + MEASURE);
  }

  /** The choice goes by times of other JDKs than this one. */
  String otherJdk(List<String> releases, String here) {
    return tell(
        Kind.OTHER_JDK,
        "the times that the choice goes by are of JDK "
            + String.join(", ", releases)
            + " and this is JDK "
            + here
            + ", which may favour another kernel"
            + MEASURE);
  }

  private String tell(Kind kind, String text) {
    if (logged.add(kind)) {
      logger.log(kind.level, text);
    }
    return text;
  }
}
