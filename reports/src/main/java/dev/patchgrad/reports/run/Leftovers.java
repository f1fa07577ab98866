package dev.patchgrad.reports.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process that was killed left of its run. A run that goes on holds a lock on its log, which
 * the system takes back with the process; so a log that can be locked is that of a dead one.
 */
final class Leftovers {
  /** A page is written within seconds, and without a lock: what is older belongs to nobody. */
  private static final Duration OLD = Duration.ofMinutes(1);

  private Leftovers() {}

  /**
   * Makes a run's log and locks it.
   *
   * @param folder of the run
   * @return the log, to be written to; its lock goes when it is closed
   * @throws IOException if it cannot be made
   */
  static FileChannel lockedLog(Path folder) throws IOException {
    Path fresh = folder.resolve(RunFolder.LOG + WholeFiles.FRESH);
    FileChannel log =
        FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
    try {
      // Before it gets its name: a log that has it, and no lock, is that of a dead process.
      FileLock lock = log.tryLock();
      if (lock != null) {
        WholeFiles.move(fresh, folder.resolve(RunFolder.LOG));
      }
    } catch (IOException e) {
      log.close();
      throw e;
    }
    return log;
  }

  /**
   * Removes, of the runs that no process works on any more, those that measured nothing, and files
   * that did not become whole. What was measured stays.
   *
   * @param machine folder of a machine's runs
   */
  static void sweep(Path machine) {
    try (Stream<Path> all = Files.list(machine)) {
      for (Path run : all.filter(Files::isDirectory).toList()) {
        if (isDead(run.resolve(RunFolder.LOG))) {
          sweepRun(run);
        }
      }
    } catch (IOException e) {
      // To tidy up is no duty of the run that is about to begin.
    }
  }

  private static void sweepRun(Path run) throws IOException {
    boolean partial = run.getFileName().toString().endsWith(RunFolder.PARTIAL);
    if (partial && !Files.exists(run.resolve(RunFolder.RESULTS))) {
      RunFolder.delete(run);
      return;
    }
    List<Path> fresh;
    try (Stream<Path> files = Files.list(run)) {
      fresh = files.filter(file -> file.toString().endsWith(WholeFiles.FRESH)).toList();
    }
    for (Path file : fresh) {
      if (partial || isOld(file)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static boolean isOld(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(OLD));
  }

  private static boolean isDead(Path log) {
    // Of a run without a log nothing is known: it may be of an earlier version, or just beginning.
    if (!Files.isRegularFile(log)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException | IOException e) {
      return false;
    }
  }
}
