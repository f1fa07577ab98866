package dev.patchgrad.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds what each room of the guard may use: JUnit and the JDK, and not the other room. */
class GuardArchitectureTest {
  private static final Path CLASSES = Path.of("target", "classes");

  private static final Pattern LIBRARIES =
      Pattern.compile("(?:java|jdk/jfr|com/sun/management|org/junit|org/opentest4j)/.*");

  /** The annotations name the extension, by which JUnit finds it. */
  @ParameterizedTest(name = "{0} may use {1}")
  @CsvSource({"guard, guard guard/fork", "guard/fork, guard", "guard/hygiene, guard"})
  void aRoomUsesOnlyTheRoomsThatItMay(String room, String others) throws IOException {
    List<String> rooms = List.of((room + " " + others).split(" ", -1));
    Set<String> strangers = new TreeSet<>();
    try (Stream<Path> files = Files.list(CLASSES.resolve("dev/patchgrad/" + room))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        for (var entry : ClassFile.of().parse(file).constantPool()) {
          if (entry instanceof ClassEntry type) {
            String name = type.asInternalName().replaceFirst("^\\[+L?", "");
            String owner = name.substring(0, Math.max(0, name.lastIndexOf('/')));
            if (!owner.isEmpty()
                && !LIBRARIES.matcher(name).matches()
                && rooms.stream().noneMatch(of -> owner.equals("dev/patchgrad/" + of))) {
              strangers.add(file.getFileName() + " uses " + name);
            }
          }
        }
      }
    }
    assertThat(strangers).as("what the guard would bring along").isEmpty();
  }

  @Test
  void everyClassIsInARoom() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES.resolve("dev"))) {
      assertThat(
              files
                  .map(file -> CLASSES.relativize(file).toString().replace('\\', '/'))
                  .filter(name -> name.endsWith(".class"))
                  .map(name -> name.substring(0, name.lastIndexOf('/'))))
          .containsOnly(
              "dev/patchgrad/guard", "dev/patchgrad/guard/fork", "dev/patchgrad/guard/hygiene");
    }
  }
}
