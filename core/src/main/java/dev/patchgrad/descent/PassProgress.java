package dev.patchgrad.descent;

/**
 * How far a pass over a data set is.
 *
 * @param pass which one of its objective's, from 0 on
 * @param samples of it that are summed
 * @param n samples of the data set
 */
public record PassProgress(long pass, long samples, long n) {
  /**
   * The share that is done.
   *
   * @return 0 to 1
   */
  public double share() {
    return (double) samples / n;
  }
}
