package dev.patchgrad.reports.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * Whether iterations rise or fall while they are measured, in all forks together.
 *
 * <p>Mann and Kendall's test, pooled over forks as Hirsch and Slack pool seasons (Water Resources
 * Research 20(6), 1984): of each two iterations of a fork, the later one is larger or smaller, and
 * S is the number of the former minus that of the latter. Its distribution is exact: where nothing
 * changes each order of a fork's iterations is as likely, and forks are independent. Equal values
 * count for neither side, which makes a finding less likely. So it needs no particular noise, and
 * holds for two iterations as for many.
 *
 * @param change from the first half of the iterations to the second, 0.05 for five percent more;
 *     the median over forks
 * @param probability of an S as far from 0, if nothing changes
 */
public record Trend(double change, double probability) {
  /**
   * Tests forks.
   *
   * @param forks values above 0, by fork, by iteration; at least one value in all
   * @return the trend; its probability is 1 where no fork has two iterations
   */
  public static Trend of(List<List<Double>> forks) {
    long s = 0;
    int pairs = 0;
    double[] orders = {1};
    for (List<Double> fork : forks) {
      s += excess(fork);
      pairs += fork.size() * (fork.size() - 1) / 2;
      for (int n = 2; n <= fork.size(); n++) {
        orders = withOneMore(orders, n);
      }
    }
    double[] changes =
        forks.stream()
            .filter(fork -> fork.size() > 1)
            .mapToDouble(
                fork ->
                    change(
                        fork.stream().mapToDouble(Math::log).toArray(),
                        fork.size() / 2,
                        fork.size() - fork.size() / 2))
            .sorted()
            .toArray();
    if (changes.length == 0) {
      return new Trend(0, 1);
    }
    double middle = (changes[(changes.length - 1) / 2] + changes[changes.length / 2]) / 2;
    return new Trend(Math.expm1(middle), probability(orders, pairs, Math.abs(s)));
  }

  /** How often a later iteration is larger than an earlier one, minus how often it is smaller. */
  private static long excess(List<Double> fork) {
    long s = 0;
    for (int later = 1; later < fork.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        s += Double.compare(fork.get(later), fork.get(earlier));
      }
    }
    return s;
  }

  /**
   * The share of orders by their number of inversions, once there is an n-th value more: it may be
   * smaller than 0 to n - 1 of the others, each as likely.
   */
  private static double[] withOneMore(double[] orders, int n) {
    double[] more = new double[orders.length + n - 1];
    for (int inversions = 0; inversions < orders.length; inversions++) {
      for (int smaller = 0; smaller < n; smaller++) {
        more[inversions + smaller] += orders[inversions] / n;
      }
    }
    return more;
  }

  /** S is the number of pairs minus twice that of inversions. */
  private static double probability(double[] orders, int pairs, long s) {
    double probability = 0;
    for (int inversions = 0; inversions < orders.length; inversions++) {
      if (Math.abs(pairs - 2L * inversions) >= s) {
        probability += orders[inversions];
      }
    }
    return Math.min(1, probability);
  }

  /** The mean logarithm of the last values minus that of the first. */
  static double change(double[] logarithms, int first, int last) {
    double before = Arrays.stream(logarithms, 0, first).average().orElse(0);
    double after =
        Arrays.stream(logarithms, logarithms.length - last, logarithms.length).average().orElse(0);
    return after - before;
  }
}
