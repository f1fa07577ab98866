package dev.patchgrad.bench.launch;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What an exception means, in words: the name of its class is none. */
final class Reasons {
  private Reasons() {}

  /**
   * The reason.
   *
   * @param thrown what went wrong
   * @return one line, with the file where one is at fault
   */
  static String of(Throwable thrown) {
    if (thrown instanceof FileSystemException file) {
      return file.getFile() + ": " + reason(file);
    }
    String message = thrown.getMessage();
    if (message == null || message.isBlank()) {
      return thrown.getCause() == null
          ? thrown.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ")
          : of(thrown.getCause());
    }
    // An exception that wraps another one says its class as well.
    return thrown.getCause() != null && message.equals(thrown.getCause().toString())
        ? of(thrown.getCause())
        : message;
  }

  private static String reason(FileSystemException file) {
    if (file instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (file instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (file instanceof FileAlreadyExistsException) {
      return "exists already";
    }
    if (file instanceof NotDirectoryException) {
      return "is no folder";
    }
    if (file instanceof DirectoryNotEmptyException) {
      return "is a folder that is not empty";
    }
    return file.getReason() == null ? "cannot be used" : file.getReason();
  }
}
