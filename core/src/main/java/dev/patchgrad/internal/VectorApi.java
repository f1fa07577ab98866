package dev.patchgrad.internal;

import java.lang.module.ModuleFinder;
import java.util.Optional;

/**
 * Whether this JVM has the Vector API: an incubator's module, which a JVM loads only if told to.
 */
public final class VectorApi {
  private static final String MODULE = "jdk.incubator.vector";

  private VectorApi() {}

  /**
   * Whether classes that use vectors can be loaded.
   *
   * @return false where a use of them throws {@link NoClassDefFoundError}
   */
  public static boolean isPresent() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /**
   * Why there is none.
   *
   * @return empty where {@link #isPresent}
   */
  public static Optional<Lack> missing() {
    if (isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        ModuleFinder.ofSystem().find(MODULE).isPresent()
            ? new Lack(
                "this JVM was started without --add-modules=" + MODULE,
                "add this flag to the command line")
            : new Lack(
                "this Java runtime has no module " + MODULE,
                "use one that has it, with --add-modules=" + MODULE));
  }
}
