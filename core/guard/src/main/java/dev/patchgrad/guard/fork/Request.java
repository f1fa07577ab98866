package dev.patchgrad.guard.fork;

import dev.patchgrad.guard.fork.ForkSide.Turn;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What the test JVM asks of a fork, in a file.
 *
 * @param classId JUnit's id of the class whose tests run
 * @param className its name
 * @param kind what is counted
 * @param jvmArgs by which its tests are told from those of other forks
 * @param fork its number
 * @param meant the only tests that are called, to find where they allocate; none for all
 * @param entries the file that the fork writes
 * @param properties the system properties of the test JVM
 */
record Request(
    String classId,
    String className,
    Kind kind,
    List<String> jvmArgs,
    int fork,
    List<String> meant,
    Path entries,
    Map<String, String> properties) {

  private static final String PROPERTY = "property.";

  /** What the fork's side of the extension is told in a turn. */
  ForkSide side(Turn turn) {
    return new ForkSide(entries, turn, kind, turn == Turn.MIX ? List.of() : meant);
  }

  /** Writes it to a file. */
  void write(Path file) throws IOException {
    Properties all = new Properties();
    all.setProperty("classId", classId);
    all.setProperty("className", className);
    all.setProperty("kind", kind.name());
    all.setProperty("jvmArgs", String.join("\n", jvmArgs));
    all.setProperty("fork", String.valueOf(fork));
    all.setProperty("meant", String.join("\n", meant));
    all.setProperty("entries", entries.toString());
    properties.forEach((key, value) -> all.setProperty(PROPERTY + key, value));
    try (Writer writer = Files.newBufferedWriter(file)) {
      all.store(writer, null);
    }
  }

  /** Reads what {@link #write} wrote. */
  static Request read(Path file) throws IOException {
    Properties all = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      all.load(reader);
    }
    return new Request(
        all.getProperty("classId"),
        all.getProperty("className"),
        Kind.valueOf(all.getProperty("kind")),
        all.getProperty("jvmArgs").lines().toList(),
        Integer.parseInt(all.getProperty("fork")),
        all.getProperty("meant").lines().toList(),
        Path.of(all.getProperty("entries")),
        all.stringPropertyNames().stream()
            .filter(name -> name.startsWith(PROPERTY))
            .collect(
                Collectors.toMap(
                    name -> name.substring(PROPERTY.length()), name -> all.getProperty(name))));
  }
}
