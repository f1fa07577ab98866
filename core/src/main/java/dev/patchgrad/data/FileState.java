package dev.patchgrad.data;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * How a file was when it was opened: what tells that it is being written to meanwhile.
 *
 * @param file its name
 * @param size bytes
 * @param modified when it was last written to
 * @param key what tells it from a file that takes its name, where its file system has that
 */
record FileState(Path file, long size, FileTime modified, Optional<Object> key) {
  /** How a file is now. */
  static FileState of(Path file) throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileState(
        file, now.size(), now.lastModifiedTime(), Optional.ofNullable(now.fileKey()));
  }

  /**
   * Refuses the file where it was written to or cut since. One that was replaced or deleted is no
   * longer at its name, and whoever has it open reads it as it was.
   *
   * @throws FileSystemException naming what changed
   */
  void requireUnchanged() throws IOException {
    FileState now;
    try {
      now = of(file);
    } catch (NoSuchFileException gone) {
      return;
    }
    if (!now.key.equals(key)) {
      return;
    }
    if (now.size != size) {
      throw changed("it has " + now.size + " bytes", size + ", as when it was opened");
    }
    if (!now.modified.equals(modified)) {
      throw changed(
          "it was written to at " + now.modified, "no change since " + modified + ", as opened");
    }
  }

  private FileSystemException changed(String found, String expected) {
    return new FileSystemException(file.toString(), null, found + "; expected " + expected);
  }
}
