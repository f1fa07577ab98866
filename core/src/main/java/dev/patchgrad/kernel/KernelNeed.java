package dev.patchgrad.kernel;

import dev.patchgrad.internal.Ejml;
import dev.patchgrad.internal.Lack;
import dev.patchgrad.internal.VectorApi;
import dev.patchgrad.network.Precision;
import java.util.Optional;

/** What a kernel needs that a JVM may not have. */
enum KernelNeed {
  /** Plain loops. */
  NOTHING,
  /** EJML's dense matrices in the precision. */
  EJML,
  /** The Vector API. */
  VECTORS;

  /** What this JVM lacks of it; empty where a kernel can be made. */
  Optional<Lack> missing(Precision precision) {
    return switch (this) {
      case NOTHING -> Optional.empty();
      case EJML ->
          switch (precision) {
            case DOUBLE -> Ejml.DOUBLE.missing();
            case FLOAT -> Ejml.FLOAT.missing();
          };
      case VECTORS -> VectorApi.missing();
    };
  }

  /**
   * Refuses a kernel whose classes could not be loaded.
   *
   * @param name of the kernel
   * @throws UnsupportedOperationException if something is missing; the message says what, and what
   *     brings it
   */
  void require(String name, Precision precision) {
    Optional<Lack> lack = missing(precision);
    if (lack.isPresent()) {
      throw lack.get().refusal("kernel: '" + name + "' given");
    }
  }
}
