package dev.patchgrad.reports.comparison;

import dev.patchgrad.reports.environment.HardwareId;
import dev.patchgrad.reports.run.Run;

/**
 * Two runs whose rates are given for clocks that can be compared.
 *
 * <p>On one machine it is the same clock for both, since whichever was reached is no difference
 * between them. Of two machines each has its own highest. Where one run did not read the clock, the
 * other is taken as it was measured, too.
 *
 * @param first what is compared with
 * @param other what is compared
 */
record CommonClock(Run first, Run other) {
  /** The two runs, each with the rates that are compared. */
  static CommonClock of(Run first, Run other) {
    if (first.clock() == 0 || other.clock() == 0) {
      return new CommonClock(first.at(0), other.at(0));
    }
    if (!HardwareId.of(first.environment().hardware())
        .equals(HardwareId.of(other.environment().hardware()))) {
      return new CommonClock(first, other);
    }
    double highest = Math.max(first.clock(), other.clock());
    return new CommonClock(first.at(highest), other.at(highest));
  }
}
