package dev.patchgrad.bench.problem;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

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
    HotSpotDiagnosticMXBean bean =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (bean == null) {
      return UNKNOWN;
    }
    try {
      return bean.getVMOption(name).getValue();
    } catch (IllegalArgumentException e) {
      return UNKNOWN; // another processor, or another version
    }
  }
}
