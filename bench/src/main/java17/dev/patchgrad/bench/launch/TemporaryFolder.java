package dev.patchgrad.bench.launch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A temporary folder of this process, which is gone when the process is: deleted when it is closed,
 * or, after the process was killed, by the next one.
 *
 * <p>A file in it is locked for as long as the process lives. The system takes the lock back
 * however the process ends, so a folder whose lock can be had belongs to a dead one.
 */
final class TemporaryFolder implements AutoCloseable {
  private static final String PREFIX = "patchgrad-classes";

  private static final String LOCK = "lock";

  /** A folder without a lock is of an earlier version, or not ready yet. */
  private static final Duration OLD = Duration.ofDays(1);

  /** What JMH keeps of a fork, and of a JVM that it asks for its version: a number, and a word. */
  private static final Pattern OF_JMH = Pattern.compile("jmh\\d{9,}[a-z][\\w.-]*");

  private final Path path;
  private final FileChannel lock;

  private TemporaryFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes a folder, and removes those of dead processes.
   *
   * @throws IOException if it cannot be made; then nothing is left of it
   */
  static TemporaryFolder create() throws IOException {
    sweep(root());
    Path path = Files.createTempDirectory(PREFIX);
    try {
      Path fresh = path.resolve(LOCK + ".new");
      FileChannel channel =
          FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      TemporaryFolder folder = new TemporaryFolder(path, channel);
      // It gets its name when it is locked: one that has the name and no lock is of a dead process.
      if (channel.tryLock() != null) {
        Files.move(fresh, path.resolve(LOCK));
      }
      return folder;
    } catch (IOException e) {
      delete(path);
      throw e;
    }
  }

  /** Its place. */
  Path path() {
    return path;
  }

  /**
   * Removes what JMH left of processes that were killed.
   *
   * @param locked whether this process holds JMH's lock: then no other JMH is at work here
   */
  static void sweepJmh(boolean locked) {
    Instant start = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    Instant oldest = locked ? start : start.minus(OLD);
    try (Stream<Path> all = Files.list(root())) {
      for (Path file : all.toList()) {
        if (OF_JMH.matcher(file.getFileName().toString()).matches()
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      // Of another user, or being removed by another process: not ours to tidy.
    }
  }

  private static Path root() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static void sweep(Path root) {
    List<Path> folders;
    try (Stream<Path> all = Files.list(root)) {
      folders =
          all.filter(path -> path.getFileName().toString().startsWith(PREFIX))
              .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
              .toList();
    } catch (IOException e) {
      return;
    }
    for (Path folder : folders) {
      try {
        if (isDead(folder)) {
          delete(folder);
        }
      } catch (IOException e) {
        // Of another user, or being removed by another process: not ours to tidy.
      }
    }
  }

  private static boolean isDead(Path folder) throws IOException {
    Path file = folder.resolve(LOCK);
    if (!Files.exists(file)) {
      Instant changed = Files.getLastModifiedTime(folder).toInstant();
      return changed.isBefore(Instant.now().minus(OLD));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this JVM's own
    }
  }

  @Override
  public void close() throws IOException {
    // Deleted first: without its lock it would look like that of a dead process.
    try {
      delete(path);
    } finally {
      lock.close();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
