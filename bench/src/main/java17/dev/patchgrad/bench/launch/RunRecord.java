package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.run.RunFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * The record of one run on disk, from its beginning to its one end: finished or broken off.
 *
 * <p>Safe for use by several threads: an interrupt ends the run from a thread of its own.
 */
final class RunRecord {
  private final RunFolder folder;
  private final Environment environment;
  private boolean open = true;

  private RunRecord(RunFolder folder, Environment environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * Begins a run.
   *
   * @throws IOException if the folder cannot be written
   */
  static RunRecord begin(Path runsRoot, Environment environment) throws IOException {
    return new RunRecord(RunFolder.begin(runsRoot, environment), environment);
  }

  /**
   * Keeps what was measured so far.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  synchronized void keep(Collection<RunResult> results) {
    if (!open) {
      return;
    }
    try {
      folder.keep(json(results));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ends a run in which everything was measured.
   *
   * @return its folder; empty if an interrupt ended it first
   * @throws IOException if it cannot be written
   */
  synchronized Optional<Path> finish(Collection<RunResult> results) throws IOException {
    if (!open) {
      return Optional.empty();
    }
    Path whole = folder.finish(json(results), environment.finished());
    open = false;
    return Optional.of(whole);
  }

  /**
   * Ends a run that broke off; does nothing if the run has ended before.
   *
   * @return the folder with what was measured; empty if nothing was, or the run had ended
   * @throws IOException if an empty folder cannot be removed
   */
  synchronized Optional<Path> breakOff() throws IOException {
    if (!open) {
      return Optional.empty();
    }
    open = false;
    return folder.abandon();
  }

  /** Whether the run has not ended. */
  synchronized boolean isOpen() {
    return open;
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
