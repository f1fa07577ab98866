package dev.patchgrad.reports.run;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
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
  private boolean kept;

  private RunFolder(Path runsRoot, Path machine, Path partial, Path whole) {
    this.runsRoot = runsRoot;
    this.machine = machine;
    this.partial = partial;
    this.whole = whole;
  }

  /**
   * Makes {@code <runsRoot>/<machine>/<UTC time>.partial/}, with the environment in it.
   *
   * @param runsRoot folder of all runs; made where it is missing
   * @param environment at the run's beginning
   * @return the folder
   * @throws IOException if a folder or file cannot be written
   */
  public static RunFolder begin(Path runsRoot, Environment environment) throws IOException {
    Path machine = Files.createDirectories(runsRoot.resolve(environment.machine()));
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
      write(partial.resolve(ENVIRONMENT), environment.toJson());
      return new RunFolder(runsRoot, machine, partial, whole);
    }
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
   * Keeps what was measured so far, instead of what was kept before.
   *
   * @param resultsJson all results so far, JMH's JSON
   * @throws IOException if the file cannot be written; what was kept before is still there
   */
  public void keep(String resultsJson) throws IOException {
    write(partial.resolve(RESULTS), resultsJson);
    kept = true;
  }

  /**
   * Ends the run: gives the folder its final name, and lets {@code latest} point at it.
   *
   * @param resultsJson all results, JMH's JSON
   * @param environment at the run's end
   * @return the folder by its final name
   * @throws BadRecordException if these are not JMH's results, or there are none; the partial
   *     folder stays, with what was kept
   * @throws IOException if a file cannot be written
   */
  public Path finish(String resultsJson, Environment environment) throws IOException {
    Run.parseResults(resultsJson, partial.resolve(RESULTS));
    write(partial.resolve(ENVIRONMENT), environment.toJson());
    keep(resultsJson);
    Files.move(partial, whole);
    pointLatestAt(whole);
    return whole;
  }

  /**
   * Ends a run that broke off: removes the folder if nothing was measured.
   *
   * @return the partial folder, with what was measured; empty if it was removed
   * @throws IOException if the folder cannot be removed
   */
  public Optional<Path> abandon() throws IOException {
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
    if (Files.isDirectory(latest, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(
          latest + ": is a folder; expected a link or a file that may be replaced");
    }
    Path target = runsRoot.toAbsolutePath().relativize(run.toAbsolutePath());
    Path fresh = runsRoot.resolve(LATEST + ".new");
    Files.deleteIfExists(fresh);
    try {
      Files.createSymbolicLink(fresh, target);
    } catch (UnsupportedOperationException | IOException e) {
      // Windows lets only some users make links: a file with the path does the same.
      Files.writeString(fresh, target.toString().replace('\\', '/') + "\n");
    }
    move(fresh, latest);
  }

  private static void write(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, text, StandardCharsets.UTF_8);
    move(fresh, file);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
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
    Path target =
        Files.isRegularFile(latest) ? runsRoot.resolve(Json.text(latest).trim()) : follow(latest);
    if (!Files.isDirectory(target)) {
      throw new BadRecordException(latest, "", "points at " + target + ", which is not a folder");
    }
    return target;
  }

  private static Path follow(Path link) {
    try {
      return Files.isSymbolicLink(link) ? link.resolveSibling(Files.readSymbolicLink(link)) : link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
