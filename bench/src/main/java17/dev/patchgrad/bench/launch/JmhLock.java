package dev.patchgrad.bench.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * JMH's own lock, by which one JMH at a time measures on a machine, held from the first round to
 * the last: JMH itself would give it back between two forks, for another to take.
 */
final class JmhLock implements AutoCloseable {
  /** Tells JMH to take no lock. It reads this once, when its runner is loaded. */
  private static final String IGNORE = "jmh.ignoreLock";

  private final Optional<FileChannel> channel;

  private JmhLock(Optional<FileChannel> channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, unless the user does without.
   *
   * @return the lock
   * @throws IOException if another JMH has it, or its file cannot be written
   */
  static JmhLock take() throws IOException {
    if (Boolean.getBoolean(IGNORE)) {
      return new JmhLock(Optional.empty());
    }
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock");
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    if (!locked(channel)) {
      channel.close();
      throw new IOException(
          file
              + " is held by another JMH that measures; wait for its end, or let both disturb each"
              + " other with -Djmh.ignoreLock=true");
    }
    System.setProperty(IGNORE, "true");
    return new JmhLock(Optional.of(channel));
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this JVM's own
    }
  }

  /** Whether this process has it: then no other JMH is at work here. */
  boolean isHeld() {
    return channel.isPresent();
  }

  @Override
  public void close() throws IOException {
    if (channel.isPresent()) {
      System.clearProperty(IGNORE);
      channel.get().close();
    }
  }
}
