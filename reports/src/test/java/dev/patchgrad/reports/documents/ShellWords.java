package dev.patchgrad.reports.documents;

import java.util.ArrayList;
import java.util.List;

/** Takes the commands of a shell's line apart, as far as documents need it. */
final class ShellWords {
  private final List<List<String>> commands = new ArrayList<>();
  private List<String> command = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;

  private ShellWords() {}

  /**
   * The commands of some lines. What a shell would replace is left as it is; a comment is left out.
   *
   * @param text one or more lines; a backslash at the end of one joins the next
   * @return the words of each command, none of them without one
   */
  static List<List<String>> commands(String text) {
    ShellWords reader = new ShellWords();
    reader.read(text.replace("\\\n", " "));
    return List.copyOf(reader.commands);
  }

  private void read(String text) {
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (c == '#' && !inWord) {
        int end = text.indexOf('\n', i);
        i = (end < 0 ? text.length() : end) - 1;
      } else if (c == '\n' || ";|&()<>".indexOf(c) >= 0) {
        endCommand();
      } else if (Character.isWhitespace(c)) {
        endWord();
      } else {
        word.append(c);
        inWord = true;
      }
    }
    endCommand();
  }

  private void endWord() {
    if (inWord) {
      command.add(word.toString());
    }
    word.setLength(0);
    inWord = false;
  }

  private void endCommand() {
    endWord();
    if (!command.isEmpty()) {
      commands.add(List.copyOf(command));
    }
    command = new ArrayList<>();
  }
}
