package dev.patchgrad;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java compiles against the public API, runs, and prints what the README says. */
class ReadmeExampleTest {
  private static final Pattern SNIPPET =
      Pattern.compile("```java\n(.*?)```\\s*prints\\s*```\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("class (\\w+)");

  @Test
  void theSnippetPrintsWhatTheReadmeShows(@TempDir Path folder) throws Exception {
    String readme = Files.readString(Path.of("..", "README.md"));
    List<MatchResult> snippets = SNIPPET.matcher(readme).results().toList();
    assertThat(snippets).as("Java in README.md with what it prints").isNotEmpty();
    for (MatchResult snippet : snippets) {
      assertThat(output(snippet.group(1), folder)).isEqualTo(snippet.group(2));
    }
  }

  private static String output(String source, Path folder) throws Exception {
    String name = CLASS.matcher(source).results().findFirst().orElseThrow().group(1);
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path", "")),
                null,
                compiler
                    .getStandardFileManager(null, null, StandardCharsets.UTF_8)
                    .getJavaFileObjects(new File(file.toString())))
            .call();
    assertThat(compiled).as(messages.toString()).isTrue();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream console = System.out;
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(console);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
