package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.statistics.Forks;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One kernel at one p and k.
 *
 * @param kernel its name
 * @param operations per second, by fork
 * @param samplesPerOperation the batch's size; 0 where the run does not say
 * @param flopsPerOperation at least; 0 where the run does not say
 * @param bytesPerOperation at least; 0 where the run does not say
 * @param limit operations per second that the machine allows; empty where the roofs were not
 *     measured
 * @param allocated bytes per operation; empty where the profiler did not run
 * @param notWarm why this is not a warm kernel's rate, as {@link Warmth} finds; empty if it is
 * @param unsteady what changed while it was measured, as {@link Steadiness} finds; empty if nothing
 */
public record Cell(
    String kernel,
    Forks operations,
    double samplesPerOperation,
    double flopsPerOperation,
    double bytesPerOperation,
    OptionalDouble limit,
    OptionalDouble allocated,
    Optional<String> notWarm,
    Optional<String> unsteady) {

  /**
   * Throughput.
   *
   * @return samples per second; 0 where the batch's size is unknown
   */
  public double samplesPerSecond() {
    return operations.median() * samplesPerOperation;
  }

  /**
   * Arithmetic.
   *
   * @return floating-point operations per second; 0 where they are unknown
   */
  public double flopsPerSecond() {
    return operations.median() * flopsPerOperation;
  }

  /**
   * Bandwidth.
   *
   * @return bytes per second; 0 where they are unknown
   */
  public double bytesPerSecond() {
    return operations.median() * bytesPerOperation;
  }

  /**
   * How near it comes to what the machine allows.
   *
   * @return a share, 1 for all of it; empty where the roofs were not measured
   */
  public OptionalDouble shareOfLimit() {
    return limit.isPresent()
        ? OptionalDouble.of(operations.median() / limit.getAsDouble())
        : OptionalDouble.empty();
  }
}
