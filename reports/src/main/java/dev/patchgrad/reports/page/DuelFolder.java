package dev.patchgrad.reports.page;

import dev.patchgrad.reports.duel.DuelData;
import dev.patchgrad.reports.duel.DuelResult;
import dev.patchgrad.reports.duel.DuelText;
import dev.patchgrad.reports.duel.Side;
import dev.patchgrad.reports.duel.SweepText;
import dev.patchgrad.reports.run.WholeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a duel is recorded, beside the runs: a folder with its forks, its result and its page. */
public final class DuelFolder {
  /** The folder of all duels, within that of all runs. */
  public static final String DUELS = "duels";

  /** Each pair of forks as JMH wrote it, a line of JSON, written as it was measured. */
  public static final String FORKS = "forks.jsonl";

  /** The result with every digit. */
  public static final String DATA = "duel.json";

  /** The table for pasting. */
  public static final String SUMMARY = "summary.md";

  /** The machine and its JVM, where they were asked for. Not by the name that makes it a run. */
  public static final String MACHINE = "machine.json";

  /** The page. */
  public static final String PAGE = "index.html";

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss-SSS'Z'").withZone(ZoneOffset.UTC);

  private final Path folder;

  private DuelFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The folder of a duel that begins now; it is made with the first fork.
   *
   * @param runs folder of all runs
   * @return the folder
   */
  public static DuelFolder within(Path runs) {
    return new DuelFolder(runs.resolve(DUELS).resolve(NAME.format(Instant.now())));
  }

  /**
   * Where it is.
   *
   * @return its path
   */
  public Path path() {
    return folder;
  }

  /**
   * The file that forks are appended to.
   *
   * @return its path
   */
  public Path forks() {
    return folder.resolve(FORKS);
  }

  /**
   * Writes the result, if anything was measured.
   *
   * @param result of the duel
   * @param a the baseline
   * @param b the other side
   * @return whether there is anything
   * @throws IOException if a file cannot be written
   */
  public boolean finish(DuelResult result, Side a, Side b) throws IOException {
    return write(
        DuelData.json(result, a.words(), b.words()),
        DuelText.markdown(result),
        DuelPage.of(result, a, b));
  }

  /**
   * Writes the result of a sweep over JVMs, if anything was measured.
   *
   * @param result of the sitting
   * @param baseline that each other JVM met
   * @param others by their names
   * @return whether there is anything
   * @throws IOException if a file cannot be written
   */
  public boolean finish(DuelResult result, Side baseline, Map<String, Side> others)
      throws IOException {
    return write(
        SweepText.json(result, baseline, others),
        SweepText.markdown(result),
        DuelPage.ofSweep(result, baseline, others));
  }

  private boolean write(String data, String summary, Page page) throws IOException {
    if (!Files.exists(forks())) {
      return false;
    }
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(folder.resolve(DATA), data);
    files.put(folder.resolve(SUMMARY), summary);
    files.put(folder.resolve(PAGE), HtmlPage.render(page));
    WholeFiles.writeAll(files);
    return true;
  }
}
