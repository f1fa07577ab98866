package dev.patchgrad.guard.planted;

import dev.patchgrad.guard.NoAllocation;
import dev.patchgrad.guard.SteadyForks;
import org.junit.jupiter.api.Test;

/** Guarded calls of which one takes longer in one fork; only that one must fail. */
public final class UnsteadyForks {
  private static final int FORK = Integer.getInteger("patchgrad.guard.fork", 0);

  private final double[] x = new double[1000];
  private double sum;

  private void add(int times) {
    for (int i = 0; i < times; i++) {
      for (double value : x) {
        sum = sum * .5 + value;
      }
    }
  }

  UnsteadyForks() {}

  @Test
  @SteadyForks(forks = 2, warmUpMillis = 50)
  void slowInOneFork() {
    add(FORK == 1 ? 4 : 1);
  }

  @Test
  // Long enough for C2 on a busy machine: code of C1 takes 2.7 times as long.
  @SteadyForks(atMost = 2.5, forks = 2, warmUpMillis = 1000)
  @NoAllocation(forks = 1)
  void steady() {
    add(2);
  }
}
