package dev.patchgrad.bench.problem;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import com.sun.management.VMOption.Origin;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** What a flag of HotSpot is in the JVM that measures. */
public final class HotSpotFlag {
  /** The value of a flag that this JVM does not have. */
  public static final String UNKNOWN = "unknown";

  private HotSpotFlag() {}

  /**
   * The value of a flag.
   *
   * @param name of the flag, such as {@code UseFMA}
   * @return its value; {@link #UNKNOWN} where this JVM has no such flag
   */
  public static String value(String name) {
    return find(name).map(VMOption::getValue).orElse(UNKNOWN);
  }

  /**
   * Whether somebody set a flag: on the command line, in a file, or in the environment.
   *
   * @param name of the flag
   * @return false where the JVM itself decided, or has no such flag
   */
  public static boolean isSet(String name) {
    return find(name)
        .map(VMOption::getOrigin)
        .filter(origin -> origin != Origin.DEFAULT && origin != Origin.ERGONOMIC)
        .isPresent();
  }

  private static Optional<VMOption> find(String name) {
    HotSpotDiagnosticMXBean bean =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (bean == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(bean.getVMOption(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // another processor, or another version
    }
  }
}
