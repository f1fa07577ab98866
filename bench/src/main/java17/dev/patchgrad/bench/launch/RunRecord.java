package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.run.RunFolder;
import dev.patchgrad.reports.run.WholeFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * The record of one run on disk, from its beginning to its one end: finished or broken off.
 *
 * <p>Safe for use by several threads: a fork's numbers come from another thread than the run's end.
 */
final class RunRecord {
  private final RunFolder folder;
  private final Environment environment;
  private Collection<RunResult> measured = List.of();
  private long forksOnDisk;
  private Optional<String> failure = Optional.empty();
  private boolean open = true;

  private RunRecord(RunFolder folder, Environment environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * Begins a run.
   *
   * @throws UsageException if something is in the way of what the run's end is to write
   * @throws IOException if the folder cannot be written
   */
  static RunRecord begin(Path runsRoot, Environment environment)
      throws UsageException, IOException {
    try {
      return new RunRecord(RunFolder.begin(runsRoot, environment), environment);
    } catch (FileAlreadyExistsException e) {
      throw new UsageException("runs: " + e.getMessage());
    }
  }

  /** The folder, by its name until the run ends. */
  Path partial() {
    return folder.partial();
  }

  /** Where JMH's own log of the run goes. */
  OutputStream log() {
    return folder.log();
  }

  /**
   * Keeps what was measured so far. What goes wrong is remembered and not thrown: JMH, which calls
   * this, would take it for a failure of the fork, and go on with the next.
   */
  synchronized void keep(Collection<RunResult> results) {
    if (!open) {
      return;
    }
    measured = List.copyOf(results);
    try {
      folder.keep(json(measured));
      forksOnDisk = forks(measured);
    } catch (IOException e) {
      failure = Optional.of(Reasons.of(e));
    }
  }

  /** Why something could not be kept, in words; empty if all is on disk. */
  synchronized Optional<String> failure() {
    return failure;
  }

  /**
   * Ends a run in which everything was measured that its reader needs.
   *
   * @param results all of them
   * @param notes on how it ended, a sentence each; often none
   * @param warn told, in words, what went wrong without harm to the record
   * @return its folder
   * @throws IOException if it cannot be written; then the run is still open
   */
  synchronized Path finish(Collection<RunResult> results, List<String> notes, Consumer<String> warn)
      throws IOException {
    measured = List.copyOf(results);
    Path whole = folder.finish(json(results), environment.finished(notes), warn);
    open = false;
    return whole;
  }

  /**
   * How a run broke off.
   *
   * @param folder with what was measured; empty if nothing was, or it could not be written
   * @param inWords what is kept, and where
   */
  record BrokenOff(Optional<Path> folder, String inWords) {}

  /**
   * Ends a run that broke off. What its folder does not take goes into the temporary folder.
   *
   * @param planned forks of the whole run
   * @return what is kept; empty if the run had ended before
   */
  synchronized Optional<BrokenOff> breakOff(long planned) {
    if (!open) {
      return Optional.empty();
    }
    open = false;
    long forks = forks(measured);
    if (forks > forksOnDisk) {
      try {
        folder.keep(json(measured));
        forksOnDisk = forks;
      } catch (IOException e) {
        failure = Optional.of(Reasons.of(e));
      }
    }
    String ofPlanned = " of " + planned + " forks";
    Optional<Path> kept = Optional.empty();
    String inWords;
    try {
      kept = folder.abandon();
      inWords =
          kept.map(path -> "what was measured is kept in " + path + ": " + forksOnDisk + ofPlanned)
              .orElse("nothing was measured, no run is recorded");
    } catch (IOException e) {
      inWords = "its folder cannot be removed: " + Reasons.of(e);
    }
    if (forks <= forksOnDisk) {
      return Optional.of(new BrokenOff(kept, inWords));
    }
    String onDisk =
        forksOnDisk
            + ofPlanned
            + (forksOnDisk == 1 ? " is" : " are")
            + " on disk"
            + kept.map(path -> ", in " + path).orElse("");
    try {
      Path rescued = rescue();
      return Optional.of(
          new BrokenOff(
              Optional.of(rescued),
              onDisk + "; all " + forks + " that were measured are in " + rescued));
    } catch (IOException e) {
      return Optional.of(
          new BrokenOff(
              kept,
              onDisk
                  + "; "
                  + (forks - forksOnDisk)
                  + " more were measured and are lost, for the temporary folder failed as well: "
                  + Reasons.of(e)));
    }
  }

  /** Writes the whole record into a folder of its own, by a name that says what it is. */
  private Path rescue() throws IOException {
    Path parent = Files.createTempDirectory("patchgrad-rescued-");
    Path place = parent.resolve(folder.partial().getFileName());
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(place.resolve(RunFolder.ENVIRONMENT), environment.toJson());
    files.put(place.resolve(RunFolder.RESULTS), json(measured));
    try {
      Files.createDirectory(place);
      WholeFiles.writeAll(files);
      return place;
    } catch (IOException e) {
      RunFolder.delete(place);
      Files.deleteIfExists(parent);
      throw e;
    }
  }

  private static long forks(Collection<RunResult> results) {
    return results.stream().mapToLong(result -> result.getBenchmarkResults().size()).sum();
  }

  /** JMH's own JSON. */
  static String json(Collection<RunResult> results) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, stream).writeOut(results);
    stream.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
