package dev.patchgrad.reports.page;

import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.Row;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.grid.Table;
import dev.patchgrad.reports.grid.Warmth;
import dev.patchgrad.reports.statistics.Ratio;
import dev.patchgrad.reports.summary.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which kernel is the fastest at each p and k, and whether that is certain: sentence and map. */
final class RunMap {
  /** More kernels than this are counted, not named. */
  private static final int NAMED = 3;

  /** Marks a batch of one sample. */
  private static final String ONE = "!";

  private final KernelColours colours;

  RunMap(KernelColours colours) {
    this.colours = colours;
  }

  /** The map of a table. */
  PageMap of(Table table) {
    List<Integer> columns = table.rows().stream().map(Row::k).distinct().sorted().toList();
    List<PageMap.Row> rows = new ArrayList<>();
    for (int p : new TreeSet<>(table.rows().stream().map(Row::p).toList())) {
      rows.add(
          new PageMap.Row(
              List.of("p " + p),
              columns.stream()
                  .map(
                      k ->
                          table.rows().stream()
                              .filter(row -> row.p() == p && row.k() == k)
                              .findFirst()
                              .map(this::cell)
                              .orElse(PageMap.Cell.of("not measured")))
                  .toList()));
    }
    return new PageMap(
        "The fastest kernel, " + table.title(),
        List.of("shape"),
        columns.stream().map(k -> "k " + k).toList(),
        rows);
  }

  private PageMap.Cell cell(Row row) {
    if (!row.isRanked()) {
      return new PageMap.Cell(
          Warmth.NO_RANKING,
          row.notWarm().stream().map(Cell::kernel).toList(),
          PageMap.Fill.NONE,
          -1);
    }
    List<String> details = new ArrayList<>();
    String kernel = row.fastest().kernel();
    if (row.isDecided()) {
      row.margin().ifPresent(margin -> details.add(times(margin) + " over the next"));
      boolean isNext =
          row.next().filter(next -> next.kernel().equals(SuiteNames.SCALAR)).isPresent();
      row.fastestOver(SuiteNames.SCALAR)
          .filter(ratio -> !isNext)
          .ifPresent(ratio -> details.add(times(ratio) + " over scalar"));
    } else {
      details.add(String.join(" or ", contenders(row)));
      details.add(
          row.margin().orElseThrow().interval().isPresent()
              ? NumberText.ratio(row.margin())
              : NumberText.ratio(row.margin()) + ", no interval");
    }
    if (row.isFew()) {
      details.add(samples(row));
    }
    return new PageMap.Cell(
        row.isDecided() ? kernel : row.isTie() ? "tie" : "tie?",
        details,
        row.isDecided() ? PageMap.Fill.PLAIN : PageMap.Fill.HATCHED,
        colours.of(kernel));
  }

  private static String times(Ratio ratio) {
    return NumberText.three(ratio.value()) + "x";
  }

  /** The fastest kernel and those that it cannot be told from; without intervals, the next. */
  private static List<String> contenders(Row row) {
    if (row.margin().orElseThrow().interval().isEmpty()) {
      return List.of(row.fastest().kernel(), row.next().orElseThrow().kernel());
    }
    List<String> names = row.contenders().stream().map(Cell::kernel).toList();
    List<String> named = new ArrayList<>(names.subList(0, Math.min(NAMED, names.size())));
    if (names.size() > NAMED) {
      named.add((names.size() - NAMED) + " more");
    }
    return named;
  }

  /** The size of a small batch; a single sample is marked. */
  static String samples(Row row) {
    long samples = Math.round(row.fastest().samplesPerOperation());
    return (samples == 1 ? ONE + " " : "") + "n " + samples;
  }

  /** A p among shapes of one k, with the size of its batch where that is small. */
  static String placeOfP(Row row) {
    return "p " + row.p() + (row.isFew() ? ", " + samples(row) : "");
  }

  /** A shape, with the size of its batch where that is small. */
  static String place(Row row) {
    return "p " + row.p() + ", k " + row.k() + (row.isFew() ? ", " + samples(row) : "");
  }

  /** The size of a batch as a number; a single sample is marked. */
  static Page.Value number(double samples) {
    if (!(samples > 0)) {
      return Page.Value.of("-");
    }
    long count = Math.round(samples);
    return Page.Value.of((count == 1 ? ONE + " " : "") + count, samples);
  }

  /** The answer of a table, in sentences. */
  static String answer(Table table) {
    Map<String, Long> wins =
        table.rows().stream()
            .filter(Row::isDecided)
            .collect(Collectors.groupingBy(row -> row.fastest().kernel(), Collectors.counting()));
    List<String> parts = new ArrayList<>();
    wins.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(
            win ->
                parts.add(
                    win.getKey()
                        + " at "
                        // The word once is enough.
                        + (parts.isEmpty() ? shapes(win.getValue()) : "" + win.getValue())));
    long undecided =
        table.rows().stream()
            .filter(row -> row.isRanked() && !row.isDecided() && !row.isTie())
            .count();
    long ties = table.rows().stream().filter(Row::isTie).count();
    long notWarm = table.rows().stream().filter(row -> !row.isRanked()).count();
    List<String> sentences = new ArrayList<>();
    if (!parts.isEmpty()) {
      sentences.add("The fastest is " + listed(parts) + ".");
    }
    if (ties > 0) {
      sentences.add(
          "At "
              + shapes(ties)
              + String.format(
                  Locale.ROOT, " the fastest are a tie, within %.0f %%.", 100 * Row.SAME_WITHIN));
    }
    if (undecided > 0) {
      sentences.add("At " + shapes(undecided) + " the forks cannot tell the fastest kernel.");
    }
    if (notWarm > 0) {
      sentences.add(
          "At " + shapes(notWarm) + " kernels were not warmed up, and there is no ranking.");
    }
    return String.join(" ", sentences);
  }

  private static String shapes(long count) {
    return count + (count == 1 ? " shape" : " shapes");
  }

  private static String listed(List<String> parts) {
    int last = parts.size() - 1;
    return last == 0
        ? parts.get(0)
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }

  /** What the words of a map mean, for one who sees them first. */
  static String words(List<Table> tables) {
    StringBuilder text =
        new StringBuilder(
            "p is the dimension of a patch, k the number of patches in a sample; a pair of them is"
                + " a shape. n is the number of samples in a batch.");
    for (String level : new TreeSet<>(tables.stream().map(Table::level).toList())) {
      level(level).ifPresent(meaning -> text.append(' ').append(meaning));
    }
    return text.toString();
  }

  private static Optional<String> level(String level) {
    return switch (level) {
      case "L1", "L2" -> Optional.of(level + ": the batch fills half of that cache.");
      case "L3" -> Optional.of("L3: the batch is larger than L2, and fits L3.");
      case "DRAM" -> Optional.of("DRAM: the batch is larger than every cache.");
      default -> Optional.empty();
    };
  }

  /** How to read the cells of a map. */
  static String legend(List<Table> tables) {
    List<Row> rows = tables.stream().flatMap(table -> table.rows().stream()).toList();
    StringBuilder text =
        new StringBuilder(
            "A filled cell names a kernel that is the fastest with 95 % confidence, and how many"
                + " times as fast as others it is, by medians over forks.");
    if (rows.stream().anyMatch(Row::isTie)) {
      text.append(
          String.format(
              Locale.ROOT,
              " A hatched cell, tie, names kernels that are known to be as fast as each other,"
                  + " within %.0f %%.",
              100 * Row.SAME_WITHIN));
    }
    if (rows.stream().anyMatch(row -> row.isRanked() && !row.isDecided() && !row.isTie())) {
      text.append(
          " A hatched cell, tie?, names kernels that cannot be told apart, with the first one's"
              + " lead over the next and its 95 % interval [low, high]: more forks may decide it"
              + " (-Djmh.f=10).");
    }
    if (rows.stream().anyMatch(Row::isFew)) {
      text.append(" n stands where a batch has fewer than " + Row.FEW + " samples.");
    }
    if (rows.stream().anyMatch(row -> row.fastest().samplesPerOperation() == 1)) {
      text.append(
          " "
              + ONE
              + " marks a batch of one sample, among whose samples a kernel shares nothing: do not"
              + " conclude from it about larger batches.");
    }
    return text.toString();
  }
}
