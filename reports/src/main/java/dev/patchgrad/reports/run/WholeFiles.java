package dev.patchgrad.reports.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes files whole or not at all: each under another name first, which it then gives up for its
 * own. So no reader sees half of a file, and a full disk leaves the old ones as they were.
 */
public final class WholeFiles {
  /** The end of a file's name until it is whole. */
  static final String FRESH = ".new";

  private WholeFiles() {}

  /**
   * Writes a file.
   *
   * @param file written, or replaced; what is no regular file, such as a pipe, is written in place
   * @param text of it, written in UTF-8
   * @throws IOException naming the file if it cannot be written; then it is as it was
   */
  public static void write(Path file, String text) throws IOException {
    writeAll(Map.of(file, text));
  }

  /**
   * Writes files that belong together: all of them, or none.
   *
   * @param texts by their files, written in UTF-8
   * @throws IOException naming the file that cannot be written; then all are as they were
   */
  public static void writeAll(Map<Path, String> texts) throws IOException {
    Map<Path, byte[]> contents = new LinkedHashMap<>();
    texts.forEach((file, text) -> contents.put(file, text.getBytes(StandardCharsets.UTF_8)));
    writeAllBytes(contents);
  }

  /**
   * Writes files that belong together: all of them, or none.
   *
   * @param contents by their files
   * @throws IOException naming the file that cannot be written; then all are as they were
   */
  public static void writeAllBytes(Map<Path, byte[]> contents) throws IOException {
    Map<Path, Path> moves = new LinkedHashMap<>();
    try {
      for (Map.Entry<Path, byte[]> entry : contents.entrySet()) {
        Path file = entry.getKey();
        if (Files.isDirectory(file)) {
          throw new FileSystemException(file.toString(), null, "is a folder; expected a file");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
          // A pipe or a device: to rename a file over it would replace it.
          writeBytes(file, entry.getValue(), file);
          continue;
        }
        // Through a link, so that the link stays one.
        Path real = Files.exists(file) ? file.toRealPath() : file;
        Path fresh = real.resolveSibling(real.getFileName() + FRESH);
        moves.put(fresh, real);
        writeBytes(fresh, entry.getValue(), real);
      }
      for (Map.Entry<Path, Path> each : List.copyOf(moves.entrySet())) {
        move(each.getKey(), each.getValue());
        moves.remove(each.getKey());
      }
    } catch (IOException | RuntimeException e) {
      for (Path fresh : new ArrayList<>(moves.keySet())) {
        try {
          Files.deleteIfExists(fresh);
        } catch (IOException left) {
          e.addSuppressed(left);
        }
      }
      throw e;
    }
  }

  private static void writeBytes(Path file, byte[] bytes, Path named) throws IOException {
    try {
      Files.write(file, bytes);
    } catch (NoSuchFileException e) {
      // Of the folder: under the name that the user knows.
      NoSuchFileException missing = new NoSuchFileException(named.toString());
      missing.initCause(e);
      throw missing;
    } catch (AccessDeniedException e) {
      AccessDeniedException denied = new AccessDeniedException(named.toString());
      denied.initCause(e);
      throw denied;
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      // Of a full disk the system says neither the file nor the path.
      FileSystemException full = new FileSystemException(named.toString(), null, e.getMessage());
      full.initCause(e);
      throw full;
    }
  }

  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
