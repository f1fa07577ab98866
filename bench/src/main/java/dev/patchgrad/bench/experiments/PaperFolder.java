package dev.patchgrad.bench.experiments;

import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.page.HtmlPage;
import dev.patchgrad.reports.page.MarkdownPage;
import dev.patchgrad.reports.page.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** The folder that a run of the experiments leaves: data, times, and the page with its pictures. */
final class PaperFolder {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

  private PaperFolder() {}

  /**
   * Writes {@code <runs>/paper/<UTC time>/}; called {@code .partial} until it is whole.
   *
   * @param runs folder of all runs
   * @param results to write
   * @param page of them
   * @param time of the run
   * @return the folder
   * @throws IOException if a file cannot be written
   */
  static Path write(Path runs, PaperResults results, Page page, Instant time) throws IOException {
    Path parent = Files.createDirectories(runs.resolve("paper"));
    String name = NAME.format(time);
    for (int attempt = 2; Files.exists(parent.resolve(name)); attempt++) {
      name = NAME.format(time) + "-" + attempt;
    }
    Path partial = Files.createDirectories(parent.resolve(name + ".partial"));
    for (Map.Entry<String, String> file : results.files().entrySet()) {
      Files.writeString(partial.resolve(file.getKey()), file.getValue(), StandardCharsets.UTF_8);
    }
    Files.writeString(
        partial.resolve("times.json"),
        Json.write(Map.of("threads", results.threads(), "seconds", results.seconds())),
        StandardCharsets.UTF_8);
    HtmlPage.write(page, partial.resolve("index.html"));
    MarkdownPage.write(page, partial.resolve("README.md"));
    return Files.move(partial, parent.resolve(name));
  }

  /**
   * Keeps the page's Markdown and pictures, in place of those of an earlier run.
   *
   * @param folder such as {@code reports/paper}
   * @param page to keep
   * @throws IOException if a file cannot be written
   */
  static void keep(Path folder, Page page) throws IOException {
    Files.createDirectories(folder);
    MarkdownPage.write(page, folder.resolve("README.md"));
  }
}
