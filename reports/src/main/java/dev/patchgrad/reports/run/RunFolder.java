package dev.patchgrad.reports.run;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.json.PlainText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The folder of a run that is being measured. Its name is {@code <time>.partial} until the run has
 * ended, so that a run that broke off never looks whole, and nothing that was measured is lost.
 *
 * <p>Every file is written under another name and then renamed, so that no reader sees half of one,
 * even after the process was killed. Not safe for use by several threads at once.
 */
public final class RunFolder {
  /** Results in JMH's own JSON. */
  public static final String RESULTS = "results.json";

  /** What JMH's file does not hold. */
  public static final String ENVIRONMENT = "environment.json";

  /** What JMH wrote while it measured; locked for as long as the run goes on. */
  public static final String LOG = "jmh.log";

  /** The end of the name of a run that has not ended. */
  public static final String PARTIAL = ".partial";

  /** The link, or file, that points at the run that ended last. */
  public static final String LATEST = "latest";

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

  private final Path runsRoot;
  private final Path machine;
  private final Path partial;
  private final Path whole;
  private final FileChannel log;
  private boolean kept;

  private RunFolder(Path runsRoot, Path machine, Path partial, Path whole, FileChannel log) {
    this.runsRoot = runsRoot;
    this.machine = machine;
    this.partial = partial;
    this.whole = whole;
    this.log = log;
  }

  /**
   * Makes {@code <runsRoot>/<machine>/<UTC time>.partial/}, with the environment in it. Removes
   * what runs of this machine left behind whose process was killed before they had measured
   * anything.
   *
   * @param runsRoot folder of all runs; made where it is missing
   * @param environment at the run's beginning
   * @return the folder
   * @throws FileAlreadyExistsException if something is in the way of {@value #LATEST}, so that the
   *     run could not be pointed at in the end; then nothing is made
   * @throws IOException if a folder or file cannot be written; then no folder of the run is left
   */
  public static RunFolder begin(Path runsRoot, Environment environment) throws IOException {
    requireReplaceable(runsRoot.resolve(LATEST));
    requireReplaceable(runsRoot.resolve(LATEST + WholeFiles.FRESH));
    Path machine = Files.createDirectories(runsRoot.resolve(environment.machine()));
    Leftovers.sweep(machine);
    String time = NAME.format(Instant.parse(environment.date()));
    for (int attempt = 1; ; attempt++) {
      String name = attempt == 1 ? time : time + "-" + attempt;
      Path whole = machine.resolve(name);
      Path partial = machine.resolve(name + PARTIAL);
      if (Files.exists(whole)) {
        continue;
      }
      try {
        Files.createDirectory(partial);
      } catch (FileAlreadyExistsException e) {
        continue; // two runs within one second
      }
      try {
        FileChannel log = Leftovers.lockedLog(partial);
        WholeFiles.write(partial.resolve(ENVIRONMENT), environment.toJson());
        return new RunFolder(runsRoot, machine, partial, whole, log);
      } catch (IOException e) {
        delete(partial);
        removeIfEmpty(machine);
        throw e;
      }
    }
  }

  private static void requireReplaceable(Path link) throws IOException {
    if (!Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    throw new FileAlreadyExistsException(
        link.toString(),
        null,
        "is a folder; expected a link or a file, or nothing: move it away, since the run that ends"
            + " is to get this name");
  }

  /**
   * The folder, by its name until the run ends.
   *
   * @return its path
   */
  public Path partial() {
    return partial;
  }

  /**
   * Where JMH's own log of the run goes, the file {@value #LOG}.
   *
   * @return a stream, closed as the run ends
   */
  public OutputStream log() {
    return Channels.newOutputStream(log);
  }

  /**
   * Keeps what was measured so far, instead of what was kept before.
   *
   * @param resultsJson all results so far, JMH's JSON
   * @throws IOException if the file cannot be written; what was kept before is still there
   */
  public void keep(String resultsJson) throws IOException {
    WholeFiles.write(partial.resolve(RESULTS), resultsJson);
    kept = true;
  }

  /**
   * Ends the run: gives the folder its final name, and lets {@code latest} point at it.
   *
   * @param resultsJson all results, JMH's JSON
   * @param environment at the run's end
   * @param warn told, in words, why {@code latest} points at another run: the run is whole all the
   *     same
   * @return the folder by its final name
   * @throws BadRecordException if these are not JMH's results, or there are none; the partial
   *     folder stays, with what was kept
   * @throws IOException if a file cannot be written
   */
  public Path finish(String resultsJson, Environment environment, Consumer<String> warn)
      throws IOException {
    Run.parseResults(resultsJson, partial.resolve(RESULTS));
    WholeFiles.writeAll(
        Map.of(
            partial.resolve(ENVIRONMENT),
            environment.toJson(),
            partial.resolve(RESULTS),
            resultsJson));
    kept = true;
    // Before its folder gets another name, which Windows refuses while a file in it is open.
    closeLog();
    Files.move(partial, whole);
    try {
      pointLatestAt(whole);
    } catch (IOException e) {
      warn.accept(runsRoot.resolve(LATEST) + " does not point at it: " + e.getMessage());
    }
    return whole;
  }

  private void closeLog() {
    try {
      log.close();
    } catch (IOException e) {
      // What the disk did not take of the log is no part of the record.
    }
  }

  /**
   * Ends a run that broke off: removes the folder if nothing was measured.
   *
   * @return the partial folder, with what was measured; empty if it was removed
   * @throws IOException if the folder cannot be removed
   */
  public Optional<Path> abandon() throws IOException {
    closeLog();
    if (kept) {
      return Optional.of(partial);
    }
    delete(partial);
    removeIfEmpty(machine);
    return Optional.empty();
  }

  /**
   * Removes the folder of a run and the files in it, if it is there.
   *
   * @param folder that holds files alone
   * @throws IOException if a file or the folder cannot be removed
   */
  public static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  private static void removeIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // It has other runs of this machine.
    }
  }

  private void pointLatestAt(Path run) throws IOException {
    Path latest = runsRoot.resolve(LATEST);
    requireReplaceable(latest);
    Path target = runsRoot.toAbsolutePath().relativize(run.toAbsolutePath());
    Path fresh = runsRoot.resolve(LATEST + WholeFiles.FRESH);
    Files.deleteIfExists(fresh);
    try {
      Files.createSymbolicLink(fresh, target);
    } catch (UnsupportedOperationException | IOException e) {
      // Windows lets only some users make links: a file with the path does the same.
      Files.writeString(fresh, target.toString().replace('\\', '/') + "\n");
    }
    WholeFiles.move(fresh, latest);
  }

  /**
   * The run that ended last.
   *
   * @param runsRoot folder of all runs
   * @return its folder
   * @throws BadRecordException if no run has ended yet, or what {@code latest} points at is gone
   */
  public static Path latest(Path runsRoot) {
    Path latest = runsRoot.resolve(LATEST);
    if (!Files.exists(latest, LinkOption.NOFOLLOW_LINKS)) {
      throw new BadRecordException(latest, "", "no run has ended here yet");
    }
    Path target = Files.isRegularFile(latest) ? named(runsRoot, latest) : follow(latest);
    if (!Files.isDirectory(target)) {
      throw new BadRecordException(latest, "", "points at " + target + ", which is not a folder");
    }
    return target;
  }

  /** What the file that stands for a link names. */
  private static Path named(Path runsRoot, Path latest) {
    String name = Json.text(latest).trim();
    try {
      return runsRoot.resolve(name);
    } catch (InvalidPathException e) {
      throw new BadRecordException(
          latest, "", "points at " + PlainText.inShort(name) + ", which is not a folder");
    }
  }

  private static Path follow(Path link) {
    try {
      return Files.isSymbolicLink(link) ? link.resolveSibling(Files.readSymbolicLink(link)) : link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
