package dev.patchgrad.reports.environment;

/**
 * The vector species that a JVM prefers for one element type.
 *
 * @param bits of a vector
 * @param lanes of a vector
 */
public record Species(int bits, int lanes) {
  /**
   * A species.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public Species {
    Facts.requireCount("bits", bits);
    Facts.requireCount("lanes", lanes);
  }
}
