package dev.patchgrad.reports.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What went wrong with a file, in words: Java says it by the name of a class. */
final class FileErrors {
  private FileErrors() {}

  /** The file and the reason, such as {@code out.md: permission denied}. */
  static String inWords(IOException thrown) {
    if (thrown instanceof FileSystemException about && about.getFile() != null) {
      return about.getFile() + ": " + reason(about);
    }
    String message = thrown.getMessage();
    return message == null ? "a file cannot be read or written" : message;
  }

  private static String reason(FileSystemException thrown) {
    if (thrown instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (thrown instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (thrown instanceof FileAlreadyExistsException) {
      return "is there already";
    }
    if (thrown instanceof NotDirectoryException) {
      return "is no folder";
    }
    if (thrown instanceof DirectoryNotEmptyException) {
      return "is a folder that is not empty";
    }
    String reason = thrown.getReason();
    return reason == null ? "cannot be read or written" : reason;
  }
}
