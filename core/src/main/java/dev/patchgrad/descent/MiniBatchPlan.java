package dev.patchgrad.descent;

/**
 * Which samples of which pass a mini-batch has.
 *
 * @param n samples of the data set
 * @param size samples of a mini-batch, at most n; the last one of a pass may have fewer
 * @param seed of the order
 */
record MiniBatchPlan(long n, int size, long seed) {
  /** The mini-batches of a pass. */
  long ofPass() {
    return Math.ceilDiv(n, (long) size);
  }

  /** The pass of a mini-batch that is counted over all passes. */
  long pass(long miniBatch) {
    return miniBatch / ofPass();
  }

  /** How many samples of its pass come before it. */
  long before(long miniBatch) {
    return miniBatch % ofPass() * size;
  }

  /** Its samples. */
  int samples(long miniBatch) {
    return (int) Math.min(size, n - before(miniBatch));
  }
}
