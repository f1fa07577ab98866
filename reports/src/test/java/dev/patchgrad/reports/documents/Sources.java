package dev.patchgrad.reports.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The project's Java, read as text: the core and the benches need a newer JVM than this module.
 *
 * @param textByClass the text of the file that declares a class, by the class's simple name
 */
record Sources(Map<String, String> textByClass) {
  private static final Pattern DECLARATION =
      Pattern.compile("\\b(?:class|interface|record|enum)\\s+([A-Z]\\w*)");

  /** Two classes of one template, such as DoubleBatch-FloatBatch.java.ftl. */
  private static final Pattern TEMPLATE = Pattern.compile("(\\w+)-(\\w+)\\.java\\.ftl");

  /** Copies the map. */
  Sources {
    textByClass = Map.copyOf(textByClass);
  }

  /** All sources of a project, its tests and templates too. */
  static Sources of(Project project) {
    Map<String, String> classes = new HashMap<>();
    for (Path file : project.filesThatEndIn(".java")) {
      String text = text(file);
      declare(classes, text);
    }
    for (Path file : project.filesThatEndIn(".java.ftl")) {
      String text = text(file);
      Matcher names = TEMPLATE.matcher(String.valueOf(file.getFileName()));
      if (names.matches()) {
        classes.put(names.group(1), text);
        classes.put(names.group(2), text);
      }
      declare(classes, text);
    }
    return new Sources(classes);
  }

  private static void declare(Map<String, String> classes, String text) {
    // A name that is declared twice is known by both texts.
    DECLARATION
        .matcher(text)
        .results()
        .forEach(found -> classes.merge(found.group(1), text, (one, other) -> one + other));
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a class of this simple name is declared. */
  boolean has(String name) {
    return textByClass.containsKey(name);
  }

  /** Whether a class's file has a word, such as the name of a member. */
  boolean has(String name, String word) {
    return Optional.ofNullable(textByClass.get(name))
        .filter(text -> Pattern.compile("\\b" + Pattern.quote(word) + "\\b").matcher(text).find())
        .isPresent();
  }

  /** What a pattern's first group finds in files, each once. */
  static List<String> find(List<Path> files, Pattern pattern) {
    return files.stream()
        .flatMap(file -> pattern.matcher(text(file)).results())
        .map(found -> found.group(1))
        .distinct()
        .toList();
  }
}
