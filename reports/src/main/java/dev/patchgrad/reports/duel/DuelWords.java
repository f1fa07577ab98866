package dev.patchgrad.reports.duel;

import java.util.List;
import java.util.Optional;

/** The words of a side: its command, with another java and more options of JMH. */
public final class DuelWords {
  private DuelWords() {}

  /**
   * Puts a side together.
   *
   * @param command as a shell would take it
   * @param java that replaces the command's own
   * @param options of JMH that are added
   * @return words that start JMH
   * @throws DuelException if a quote is not closed, or the command is empty
   */
  public static List<String> of(String command, Optional<String> java, Optional<String> options)
      throws DuelException {
    return of(ShellWords.split(command), java, options);
  }

  /**
   * Puts a side together.
   *
   * @param given words of its command
   * @param java that replaces the command's own
   * @param options of JMH that are added
   * @return words that start JMH
   * @throws DuelException if a quote is not closed, or there is no word
   */
  public static List<String> of(List<String> given, Optional<String> java, Optional<String> options)
      throws DuelException {
    if (given.isEmpty()) {
      throw new DuelException(JmhCommand.EMPTY);
    }
    List<String> words = JmhCommand.withJava(given);
    java.ifPresent(path -> words.set(0, path));
    words.addAll(ShellWords.split(options.orElse("")));
    return words;
  }
}
