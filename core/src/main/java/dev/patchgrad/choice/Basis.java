package dev.patchgrad.choice;

import dev.patchgrad.network.Layout;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a choice goes by: recorded machines, and what each of them says of the kernels.
 *
 * @param step which machines, and what they have in common with this one
 * @param qualifier of the step's reason, in words
 * @param predictions of each machine, the nearest first
 */
record Basis(
    NearMachines.Step step, String qualifier, Map<MeasuredTimes.Recorded, Prediction> predictions) {
  /** Leaves out machines of another kind that did not measure all kernels of the nearest. */
  Basis {
    predictions =
        Collections.unmodifiableMap(
            step.isOfThisKind() ? new LinkedHashMap<>(predictions) : besideNearest(predictions));
  }

  private static Map<MeasuredTimes.Recorded, Prediction> besideNearest(
      Map<MeasuredTimes.Recorded, Prediction> nearestFirst) {
    Map<MeasuredTimes.Recorded, Prediction> all = new LinkedHashMap<>(nearestFirst);
    nearestFirst.values().stream()
        .findFirst()
        .ifPresent(
            nearest ->
                all.values()
                    .removeIf(
                        each -> !each.costs().keySet().containsAll(nearest.costs().keySet())));
    return all;
  }

  String reason() {
    return step.reason() + qualifier + ": " + step.inWords(predictions.keySet());
  }

  boolean isOfThisKind() {
    return step.isOfThisKind();
  }

  /** The releases of Java that the machines measured. */
  List<String> jdkReleases() {
    return predictions.keySet().stream()
        .map(MeasuredTimes.Recorded::jdkRelease)
        .distinct()
        .toList();
  }

  /**
   * The kernels' times, relative to the fastest, that are to be expected: at worst, of machines of
   * this kind; of others in the mean, by their likeness.
   *
   * @param workload that is wanted
   * @param candidates and the layout that each reads
   * @return by kernel, in the order of the candidates; those that most machines measured
   */
  Map<String, Double> expected(Workload workload, Map<String, Layout> candidates) {
    Map<String, Double> expected = new LinkedHashMap<>();
    long most = candidates.keySet().stream().mapToLong(this::measured).max().orElse(0);
    candidates.forEach(
        (kernel, layout) -> {
          if (measured(kernel) == most) {
            double slowdown = isOfThisKind() ? worst(kernel) : mean(kernel);
            double gradients = (double) workload.evaluations() * workload.studentsOfAThread();
            double conversion =
                layout.equals(workload.layout())
                    ? 0
                    : DefaultCosts.conversion(workload.patchBytes()) / gradients;
            expected.put(kernel, slowdown + conversion);
          }
        });
    return expected;
  }

  /** On how many machines a kernel was measured. */
  private long measured(String kernel) {
    return predictions.values().stream().filter(each -> each.costs().containsKey(kernel)).count();
  }

  private double worst(String kernel) {
    return predictions.values().stream()
        .mapToDouble(each -> each.costs().getOrDefault(kernel, 1.0))
        .max()
        .orElse(1);
  }

  /** The geometric mean over the machines that measured a kernel, weighted by their likeness. */
  private double mean(String kernel) {
    double logarithms = 0;
    double weights = 0;
    for (Map.Entry<MeasuredTimes.Recorded, Prediction> entry : predictions.entrySet()) {
      Double cost = entry.getValue().costs().get(kernel);
      if (cost != null) {
        double weight = step.weight(entry.getKey());
        logarithms += weight * Math.log(cost);
        weights += weight;
      }
    }
    return weights == 0 ? 1 : Math.exp(logarithms / weights);
  }

  /**
   * Whether no machine tells a kernel from its fastest. Machines of another kind do not know this
   * one's noise: there all of them together decide.
   */
  boolean isWithinNoise(String kernel) {
    return isOfThisKind()
        && predictions.values().stream()
            .allMatch(each -> each.withinNoise().getOrDefault(kernel, true));
  }
}
