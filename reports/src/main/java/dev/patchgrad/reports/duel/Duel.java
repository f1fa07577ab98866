package dev.patchgrad.reports.duel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures pair after pair of forks, until every benchmark is decided or the time is over. */
final class Duel {
  /** Told of each pair. */
  interface Listener {
    /**
     * A pair was measured.
     *
     * @param row with it
     * @param a the fork of A
     * @param b the fork of B
     * @param open rows that are not decided yet
     * @throws IOException if it cannot be kept
     */
    void measured(DuelRow row, MeasuredFork a, MeasuredFork b, int open) throws IOException;

    /**
     * A row broke down and is left out from now on.
     *
     * @param label of the row
     * @param reason why
     */
    void failed(String label, String reason);
  }

  private final JmhCommand a;
  private final JmhCommand b;
  private final Contest contest;
  private final Bout.Rules rules;
  private final ForkPair pair;
  private final Listener listener;
  private final Map<String, DuelRow> rows = new LinkedHashMap<>();
  private final Map<String, String> failures = new LinkedHashMap<>();

  Duel(
      JmhCommand a,
      JmhCommand b,
      Contest contest,
      Bout.Rules rules,
      ForkPair pair,
      Listener listener) {
    this.a = a;
    this.b = b;
    this.contest = contest;
    this.rules = rules;
    this.pair = pair;
    this.listener = listener;
  }

  /** A benchmark in the sitting: A against B, or A against itself. */
  private record Entry(Contest.Pair pair, boolean floor) {
    String label() {
      return pair.shown().label() + (floor ? " (A against itself)" : "");
    }
  }

  /**
   * Fights.
   *
   * @return what came out
   * @throws IOException if something cannot be written
   * @throws InterruptedException if this thread is interrupted
   */
  DuelResult run() throws IOException, InterruptedException {
    long end = System.nanoTime() + rules.time().toNanos();
    List<Entry> open = new ArrayList<>();
    for (Contest.Pair one : contest.pairs()) {
      open.add(new Entry(one, false));
      if (rules.floor()) {
        open.add(new Entry(one, true));
      }
    }
    int entries = open.size();
    while (!open.isEmpty()) {
      for (Entry entry : List.copyOf(open)) {
        // Every benchmark has one pair at least: a duel without an answer is none.
        boolean late = System.nanoTime() > end && rows.size() + failures.size() >= entries;
        if (late || !measure(entry, open.size()) || isOver(entry, entries)) {
          open.remove(entry);
        }
      }
    }
    return result();
  }

  private boolean isOver(Entry entry, int entries) {
    List<DuelRow> ofEntry =
        rows.values().stream()
            .filter(row -> row.cell().equals(entry.pair().shown()) && row.floor() == entry.floor())
            .toList();
    return ofEntry.stream()
        .allMatch(
            row ->
                row.forks() >= rules.mostForks()
                    || DuelResult.isDecided(row, rules.within(), entries));
  }

  /** Measures one pair; false if the benchmark broke down. */
  private boolean measure(Entry entry, int open) throws IOException, InterruptedException {
    Contest.Pair who = entry.pair();
    try {
      ForkPair.Measured measured =
          entry.floor()
              ? pair.measure(a, who.a(), a, who.a())
              : pair.measure(a, who.a(), b, who.b());
      int modes = Math.min(measured.a().size(), measured.b().size());
      for (int i = 0; i < modes; i++) {
        MeasuredFork ofA = measured.a().get(i);
        MeasuredFork ofB = measured.b().get(i);
        if (!ofA.mode().equals(ofB.mode()) || !ofA.unit().equals(ofB.unit())) {
          throw new DuelException(
              "A was measured as %s in %s, B as %s in %s; set the mode (-bm) and the unit (-tu)"
                  .formatted(ofA.mode(), ofA.unit(), ofB.mode(), ofB.unit()));
        }
        DuelRow row =
            rows.getOrDefault(
                    entry.label() + ofA.mode(),
                    new DuelRow(
                        who.shown(),
                        ofA.mode(),
                        ofA.unit(),
                        entry.floor(),
                        List.of(),
                        List.of(),
                        List.of()))
                .with(ofA, ofB);
        rows.put(entry.label() + ofA.mode(), row);
        listener.measured(row, ofA, ofB, open);
      }
      return true;
    } catch (DuelException e) {
      failures.put(entry.label(), String.valueOf(e.getMessage()));
      listener.failed(entry.label(), String.valueOf(e.getMessage()));
      return false;
    }
  }

  private DuelResult result() {
    return new DuelResult(
        List.copyOf(rows.values()), contest.onlyInA(), contest.onlyInB(), failures, rules.within());
  }
}
