package dev.patchgrad.reports.duel;

import dev.patchgrad.reports.statistics.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
     * @throws IOException if it cannot be kept
     */
    void measured(DuelRow row, MeasuredFork a, MeasuredFork b) throws IOException;

    /**
     * What follows from a pair.
     *
     * @param row with it
     * @param verdict that stands, whatever the other rows will say; empty while the row is open
     * @param open benchmarks that are measured on
     */
    void judged(DuelRow row, Optional<Verdict> verdict, int open);

    /**
     * A row broke down and is left out from now on.
     *
     * @param label of the row
     * @param reason why
     */
    void failed(String label, String reason);
  }

  private final JmhCommand a;
  private final List<Meeting> meetings;
  private final Bout.Rules rules;
  private final ForkPair pair;
  private final Guard guard;
  private final Listener listener;
  private final Map<String, DuelRow> rows = new LinkedHashMap<>();
  private final Map<String, String> failures = new LinkedHashMap<>();

  /**
   * One of those that A meets.
   *
   * @param b its command
   * @param contest of the two; what is shown of a benchmark is not that of another meeting
   */
  record Meeting(JmhCommand b, Contest contest) {}

  Duel(
      JmhCommand a,
      List<Meeting> meetings,
      Bout.Rules rules,
      ForkPair pair,
      Guard guard,
      Listener listener) {
    this.a = a;
    this.meetings = List.copyOf(meetings);
    this.rules = rules;
    this.pair = pair;
    this.guard = guard;
    this.listener = listener;
  }

  /** A benchmark in the sitting: A against B, or A against itself. */
  private record Entry(JmhCommand b, Contest.Pair pair, boolean floor) {
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
    for (Meeting meeting : meetings) {
      for (Contest.Pair one : meeting.contest().pairs()) {
        open.add(new Entry(meeting.b(), one, false));
        if (rules.floor()) {
          open.add(new Entry(meeting.b(), one, true));
        }
      }
    }
    int entries = open.size();
    Set<Entry> begun = new HashSet<>();
    while (!open.isEmpty() && !guard.isStopped()) {
      for (Entry entry : List.copyOf(open)) {
        if (!open.contains(entry) || guard.isStopped()) {
          continue; // decided by what another row showed, or stopped
        }
        // Every benchmark has one pair at least: a duel without an answer is none.
        if (System.nanoTime() > end && begun.size() >= entries) {
          open.remove(entry);
          continue;
        }
        begun.add(entry);
        if (measure(entry)) {
          Map<DuelRow, Verdict> verdicts = standing(entries);
          open.removeIf(other -> isOver(other, verdicts));
          for (DuelRow row : rowsOf(entry)) {
            listener.judged(row, Optional.ofNullable(verdicts.get(row)), open.size());
          }
        } else {
          open.remove(entry);
        }
      }
    }
    return result();
  }

  private List<DuelRow> rowsOf(Entry entry) {
    return rows.values().stream()
        .filter(row -> row.cell().equals(entry.pair().shown()) && row.floor() == entry.floor())
        .toList();
  }

  /**
   * The rows whose verdict stands. They are not measured on, but for other modes of the same
   * benchmark, so that what Holm's method found it still finds at the end: what other rows show
   * later can only add to it.
   */
  private Map<DuelRow, Verdict> standing(int entries) {
    List<DuelRow> all = List.copyOf(rows.values());
    // A benchmark that was not measured yet counts as a row that shows nothing.
    int count = Math.max(entries, all.size());
    List<Verdict> verdicts = DuelResult.verdicts(all, count, rules.within());
    Map<DuelRow, Verdict> standing = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      DuelRow row = all.get(i);
      boolean clear =
          verdicts.get(i) != Verdict.SLOWER
              || row.floor()
              || rules.allowed().isEmpty()
              || DuelResult.isClear(row, rules.allowed().get(), count);
      if (verdicts.get(i) != Verdict.UNDECIDED && clear) {
        standing.put(row, verdicts.get(i));
      }
    }
    return standing;
  }

  private boolean isOver(Entry entry, Map<DuelRow, Verdict> standing) {
    List<DuelRow> ofEntry = rowsOf(entry);
    return !ofEntry.isEmpty()
        && ofEntry.stream()
            .allMatch(row -> row.forks() >= rules.mostForks() || standing.containsKey(row));
  }

  /** Measures one pair; false if the benchmark broke down, or the duel was stopped. */
  private boolean measure(Entry entry) throws IOException, InterruptedException {
    Contest.Pair who = entry.pair();
    try {
      ForkPair.Measured measured =
          entry.floor()
              ? pair.measure(a, who.a(), a, who.a())
              : pair.measure(a, who.a(), entry.b(), who.b());
      int modes = Math.min(measured.a().size(), measured.b().size());
      for (int i = 0; i < modes; i++) {
        MeasuredFork ofA = measured.a().get(i);
        MeasuredFork ofB = measured.b().get(i);
        if (!ofA.mode().equals(ofB.mode()) || !ofA.unit().equals(ofB.unit())) {
          throw new DuelException(
              "A was measured as %s in %s, B as %s in %s; set the mode (-bm) and the unit (-tu)"
                  .formatted(ofA.mode(), ofA.unit(), ofB.mode(), ofB.unit()));
        }
        DuelRow none =
            new DuelRow(
                who.shown(),
                ofA.mode(),
                ofA.unit(),
                entry.floor(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        DuelRow row = rows.getOrDefault(entry.label() + ofA.mode(), none).with(ofA, ofB);
        rows.put(entry.label() + ofA.mode(), row);
        listener.measured(row, ofA, ofB);
      }
      return true;
    } catch (DuelException e) {
      // The end of a side that the guard ended is no failure of it.
      if (!guard.isStopped()) {
        failures.put(entry.label(), String.valueOf(e.getMessage()));
        listener.failed(entry.label(), String.valueOf(e.getMessage()));
      }
      return false;
    }
  }

  private DuelResult result() {
    return new DuelResult(
        List.copyOf(rows.values()),
        meetings.stream().flatMap(meeting -> meeting.contest().onlyInA().stream()).toList(),
        meetings.stream().flatMap(meeting -> meeting.contest().onlyInB().stream()).toList(),
        failures,
        rules.within());
  }
}
