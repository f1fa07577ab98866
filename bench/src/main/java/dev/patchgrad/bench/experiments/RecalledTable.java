package dev.patchgrad.bench.experiments;

import java.util.OptionalDouble;

/**
 * Table 1 of the paper (Du et al. 2018) as it is recalled: quoted from memory, and not compared
 * with the paper's text. p = 6, |w*| = 1, 5000 starts a cell; step size, |a*| and stopping rule are
 * not recalled.
 */
final class RecalledTable {
  private static final int[] K = {25, 36, 49, 64, 81, 100};
  private static final double[] RHO = {0, 1, 4, 9, 16, 25};
  private static final double[][] SHARES = {
    {.50, .55, .73, 1, 1, 1},
    {.50, .53, .66, .89, 1, 1},
    {.50, .53, .61, .78, 1, 1},
    {.50, .51, .59, .71, .89, 1},
    {.50, .53, .57, .66, .81, .97},
    {.50, .50, .57, .63, .75, .90}
  };

  private RecalledTable() {}

  /** The share recalled for k and rho at p = 6, if the table has that cell. */
  static OptionalDouble share(int k, double rho, int p) {
    for (int row = 0; row < K.length; row++) {
      for (int column = 0; column < RHO.length; column++) {
        if (p == 6 && K[row] == k && RHO[column] == rho) {
          return OptionalDouble.of(SHARES[row][column]);
        }
      }
    }
    return OptionalDouble.empty();
  }
}
