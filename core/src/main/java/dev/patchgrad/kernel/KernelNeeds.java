package dev.patchgrad.kernel;

import dev.patchgrad.internal.Ejml;
import dev.patchgrad.internal.Lack;
import dev.patchgrad.internal.VectorApi;
import dev.patchgrad.network.Precision;
import java.util.Optional;

/** What a kernel needs that a JVM may not have: the Vector API, as most do, or EJML. */
final class KernelNeeds {
  private KernelNeeds() {}

  /** Whether it computes by the Vector API. */
  static boolean vectors(String name) {
    return !name.equals(DoubleScalarKernel.NAME) && !name.equals(DoubleEjmlKernel.NAME);
  }

  /** What this JVM lacks for it; empty where it can be made. */
  static Optional<Lack> missing(String name, Precision precision) {
    if (vectors(name)) {
      return VectorApi.missing();
    }
    if (!name.equals(DoubleEjmlKernel.NAME)) {
      return Optional.empty();
    }
    return switch (precision) {
      case DOUBLE -> Ejml.DOUBLE.missing();
      case FLOAT -> Ejml.FLOAT.missing();
    };
  }

  /**
   * Refuses a kernel whose classes could not be loaded.
   *
   * @throws UnsupportedOperationException if something is missing; the message says what, and what
   *     brings it
   */
  static void require(String name, Precision precision) {
    Optional<Lack> lack = missing(name, precision);
    if (lack.isPresent()) {
      throw lack.get().refusal("kernel: '" + name + "' given");
    }
  }
}
