package dev.patchgrad.reports.duel;

import java.nio.file.Path;
import java.util.List;

/**
 * A side of a duel as the user gave it.
 *
 * @param words that start JMH
 * @param directory that they are started in, which their relative paths begin at
 */
public record Side(List<String> words, Path directory) {
  /** Copies the list. */
  public Side {
    words = List.copyOf(words);
    directory = directory.toAbsolutePath();
  }

  /**
   * A side in the folder that this program was started in.
   *
   * @param words that start JMH
   */
  public Side(List<String> words) {
    this(words, Path.of(""));
  }
}
