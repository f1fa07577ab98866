package dev.patchgrad.reports.run;

import java.util.Comparator;
import java.util.List;

/**
 * The times of single calls as JMH keeps them in mode sample: pairs of a time and how often it was
 * seen. What stands for an iteration is its median call: the mean is that of the few calls in which
 * something else had the processor.
 *
 * @param reader that refuses a bad one
 * @param key of the histograms within the entry
 */
record Histograms(ResultReader reader, String key) {
  /** Each iteration's median call, by fork; NaN of an iteration without a call. */
  List<List<Double>> medians(List<List<List<List<Double>>>> forks) {
    if (forks.isEmpty()) {
      throw reader.refuse(key, "is empty; expected a list for each fork");
    }
    for (int fork = 0; fork < forks.size(); fork++) {
      for (int iteration = 0; iteration < forks.get(fork).size(); iteration++) {
        require(key + "[" + fork + "][" + iteration + "]", forks.get(fork).get(iteration));
      }
    }
    return forks.stream().map(fork -> fork.stream().map(Histograms::median).toList()).toList();
  }

  private void require(String at, List<List<Double>> histogram) {
    for (int i = 0; i < histogram.size(); i++) {
      List<Double> pair = histogram.get(i);
      // A time of 0 is one below what the clock tells.
      boolean isPair =
          pair.size() == 2
              && pair.get(0) >= 0
              && !Double.isInfinite(pair.get(0))
              && pair.get(1) >= 1
              && !Double.isInfinite(pair.get(1));
      if (!isPair) {
        throw reader.refuse(
            at + "[" + i + "]", pair + "; expected a time and how often it was seen");
      }
    }
  }

  private static double median(List<List<Double>> histogram) {
    double calls = histogram.stream().mapToDouble(pair -> pair.get(1)).sum();
    double seen = 0;
    for (List<Double> pair :
        histogram.stream()
            .sorted(Comparator.comparing((List<Double> one) -> one.get(0)))
            .toList()) {
      seen += pair.get(1);
      if (2 * seen >= calls) {
        return pair.get(0);
      }
    }
    return Double.NaN;
  }
}
