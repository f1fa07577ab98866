package dev.patchgrad.bench.experiments;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * How many of a number of independent trials succeeded.
 *
 * @param successes of them
 * @param trials at least 1
 */
record Share(int successes, int trials) {
  /** 1 less the confidence of the intervals that are shown. */
  static final double ERROR = .05;

  Share {
    Require.positive("trials", trials);
    Require.within("successes", successes, 0, trials, "no more than the trials");
  }

  /** The share of successes. */
  double value() {
    return (double) successes / trials;
  }

  /** The lower end of the Clopper-Pearson interval, which covers at least as often as it says. */
  double low(double error) {
    return BinomialConfidenceInterval.CLOPPER_PEARSON
        .fromErrorRate(trials, successes, error)
        .getLowerBound();
  }

  /** Its upper end. */
  double high(double error) {
    return BinomialConfidenceInterval.CLOPPER_PEARSON
        .fromErrorRate(trials, successes, error)
        .getUpperBound();
  }
}
