package dev.patchgrad.reports.grid;

import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import dev.patchgrad.reports.statistics.Ratio;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The suites of peers of a run: patchgrad's fastest kernel over each other library and C, cell by
 * cell.
 *
 * @param cells with at least one peer and one kernel, in order of precision, p, k, students
 * @param notWarm cells that are left out, since a kernel or peer of theirs was not warm
 */
public record PeerComparison(List<PeerCell> cells, int notWarm) {
  /** Other libraries, and C, by their names in the suite of one student. */
  public static final List<String> PEERS =
      List.of(
          "netlib-vector",
          "netlib-native",
          "ojalgo",
          SuiteNames.EJML,
          "openblas",
          "c-plain",
          "c-rows",
          "c-interleaved");

  /** The same in the suite of many students. */
  public static final List<String> STUDENT_PEERS =
      List.of("netlib-vector", "netlib-native", "openblas", "c-tiles");

  /** Both, in the order of tables. */
  private static final List<String> ALL_PEERS =
      Stream.concat(PEERS.stream(), STUDENT_PEERS.stream()).distinct().toList();

  /** Copies the list. */
  public PeerComparison {
    cells = List.copyOf(cells);
  }

  /**
   * One precision, p, k, level and number of students.
   *
   * @param precision float or double
   * @param p dimension of a patch
   * @param k patches of a sample
   * @param level memory level of the batch
   * @param students whose gradients are computed together; 0 in the suite of one
   * @param n samples of the batch; 0 where the run does not say
   * @param kernel patchgrad's fastest
   * @param over its throughput over each peer's, by the peer's name
   */
  public record PeerCell(
      String precision,
      int p,
      int k,
      String level,
      int students,
      int n,
      String kernel,
      Map<String, Ratio> over) {
    /** Copies the map, in order of names. */
    public PeerCell {
      over = Collections.unmodifiableMap(new TreeMap<>(over));
    }

    /**
     * The peers that are faster in this cell.
     *
     * @return their names; empty if none is
     */
    public List<String> winners() {
      return over.entrySet().stream()
          .filter(entry -> entry.getValue().value() < 1)
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  private record Key(String precision, int p, int k, String level, int students) {}

  /** One mode, and one number of threads, or a cell would hold the results of several. */
  private static List<Result> alike(Run run) {
    List<Result> all =
        run.results().stream()
            .filter(result -> SuiteNames.PEERS.contains(result.benchmark()) && result.isRate())
            .toList();
    return all.stream()
        .filter(result -> result.mode().equals(all.get(0).mode()))
        .filter(result -> result.threads() == all.get(0).threads())
        .toList();
  }

  /**
   * The cells of one of the two suites.
   *
   * @param many whether of many students
   * @return those cells, in the same order
   */
  public List<PeerCell> cells(boolean many) {
    return cells.stream().filter(cell -> cell.students() > 0 == many).toList();
  }

  /**
   * The peers that some cells have.
   *
   * @param some of the cells
   * @return their names, in the order of tables
   */
  public static List<String> peers(List<PeerCell> some) {
    return ALL_PEERS.stream()
        .filter(peer -> some.stream().anyMatch(cell -> cell.over().containsKey(peer)))
        .toList();
  }

  /**
   * The comparison of a run.
   *
   * @param run that may have the suite
   * @return its cells; none where the run has no such suite
   */
  public static PeerComparison of(Run run) {
    Map<Key, Map<String, Forks>> byKey = new HashMap<>();
    Map<Key, Double> samples = new HashMap<>();
    Set<Key> cold = new HashSet<>();
    for (Result result : alike(run)) {
      double bytes = run.workOf(result).map(Work::bytes).orElse(0.0);
      samples.put(key(result.params()), run.workOf(result).map(Work::samples).orElse(0.0));
      if (Warmth.doubt(result, bytes).isPresent()) {
        cold.add(key(result.params()));
      }
      byKey
          .computeIfAbsent(key(result.params()), key -> new TreeMap<>())
          .put(
              result.params().getOrDefault(SuiteNames.KERNEL, ""),
              Forks.ofIterations(result.rates()));
    }
    byKey.keySet().removeAll(cold);
    List<PeerCell> cells = new ArrayList<>();
    byKey.forEach(
        (key, forks) ->
            forks.entrySet().stream()
                .filter(entry -> !ALL_PEERS.contains(entry.getKey()))
                .max(Comparator.comparingDouble(entry -> entry.getValue().median()))
                .ifPresent(
                    fastest -> {
                      Map<String, Ratio> over = new TreeMap<>();
                      for (String peer : ALL_PEERS) {
                        if (forks.containsKey(peer)) {
                          over.put(peer, Ratio.of(fastest.getValue(), forks.get(peer)));
                        }
                      }
                      if (!over.isEmpty()) {
                        cells.add(
                            new PeerCell(
                                key.precision(),
                                key.p(),
                                key.k(),
                                key.level(),
                                key.students(),
                                samples.getOrDefault(key, 0.0).intValue(),
                                fastest.getKey(),
                                over));
                      }
                    }));
    cells.sort(
        Comparator.comparing(PeerCell::precision)
            .thenComparing(PeerCell::level)
            .thenComparingInt(PeerCell::p)
            .thenComparingInt(PeerCell::k)
            .thenComparingInt(PeerCell::students));
    return new PeerComparison(cells, cold.size());
  }

  private static Key key(Map<String, String> params) {
    return new Key(
        params.getOrDefault(SuiteNames.PRECISION, ""),
        Integer.parseInt(params.getOrDefault(SuiteNames.PATCH_DIMENSION, "0")),
        Integer.parseInt(params.getOrDefault(SuiteNames.PATCHES, "0")),
        params.getOrDefault(SuiteNames.LEVEL, ""),
        Integer.parseInt(params.getOrDefault(SuiteNames.STUDENTS, "0")));
  }
}
