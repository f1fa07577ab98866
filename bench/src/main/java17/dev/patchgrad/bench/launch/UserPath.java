package dev.patchgrad.bench.launch;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths as a user types them. */
final class UserPath {
  private UserPath() {}

  /**
   * A path.
   *
   * @param option that it was given with, for the message
   * @param text of the path; {@code ~} at its beginning is the user's folder, since no shell
   *     replaces it after {@code =}
   * @param directory that the command was given in
   * @return the path, absolute
   * @throws UsageException if this JVM cannot name such a file
   */
  static Path of(String option, String text, Path directory) throws UsageException {
    String home = System.getProperty("user.home", "");
    String expanded = text.equals("~") || text.startsWith("~/") ? home + text.substring(1) : text;
    try {
      return directory.resolve(expanded).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new UsageException(
          option
              + ": Java cannot name the file '"
              + text
              + "' in this locale ("
              + System.getProperty("sun.jnu.encoding", "unknown")
              + "); set LC_ALL=C.UTF-8, or rename the file");
    }
  }
}
