package dev.patchgrad.reports.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every command that a document shows would be understood, and every option that it names exists.
 *
 * @param programs by the word that a command begins with
 * @param properties that may be set by -D
 * @param options that a document may name by themselves
 */
record Commands(Map<String, CommandCheck> programs, PropertyCheck properties, Set<String> options)
    implements Rule {

  /** The tool, whose subcommands the first column of a table may show without its name. */
  private static final String TOOL = "patchgrad";

  /** Copies the collections. */
  Commands {
    programs = Map.copyOf(programs);
    options = Set.copyOf(options);
  }

  @Override
  public List<Finding> findings(Document document) {
    List<Finding> findings = new ArrayList<>();
    for (Passage block : document.blocks()) {
      check(document, block, findings);
    }
    for (Passage span : document.spans()) {
      check(document, span, findings);
      options(document, span, findings);
    }
    for (Passage cell : document.commands()) {
      check(document, new Passage(cell.line(), TOOL + " " + cell.text()), findings);
    }
    return findings;
  }

  private void check(Document document, Passage code, List<Finding> findings) {
    for (List<String> words : ShellWords.commands(code.text())) {
      List<String> command = words.stream().dropWhile(word -> word.matches("[A-Z_]+=.*")).toList();
      CommandCheck program = command.isEmpty() ? null : programs.get(command.get(0));
      // The program's name alone, or a sentence that begins with it, asks for nothing.
      if (program != null && command.size() > 1) {
        program
            .wrong(command.subList(1, command.size()))
            .forEach(message -> findings.add(document.finding(code.line(), message)));
      }
    }
  }

  /** Options that stand by themselves, such as {@code --force} or {@code -Dbench.p=8}. */
  private void options(Document document, Passage span, List<Finding> findings) {
    List<String> words = ShellWords.commands(span.text()).stream().flatMap(List::stream).toList();
    if (words.isEmpty() || !words.get(0).startsWith("-")) {
      return;
    }
    Stream<String> unknown =
        words.stream()
            .filter(word -> word.startsWith("--"))
            .map(word -> word.replaceFirst("=.*", ""))
            .filter(word -> !options.contains(word))
            .map(word -> word + ": no option of any command here");
    Stream<String> unread =
        words.stream()
            .filter(word -> word.startsWith("-D"))
            .flatMap(word -> properties.wrong(word).stream());
    Stream.concat(unknown, unread)
        .forEach(message -> findings.add(document.finding(span.line(), message)));
  }
}
