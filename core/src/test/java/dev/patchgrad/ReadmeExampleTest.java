package dev.patchgrad;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents' Java compiles against the public API, runs, and prints what they say. */
class ReadmeExampleTest {
  private static final Pattern SNIPPET =
      Pattern.compile("```java\n(.*?)```\\s*prints\\s*```\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SESSION =
      Pattern.compile("```\n(jshell [^\n]*)\n```\\s*```jshell\n(.*?)\n```", Pattern.DOTALL);

  private static final Pattern CLASS = Pattern.compile("class (\\w+)");

  /** The class of a snippet that declares none is named after its file. */
  private static final String WITHOUT_A_CLASS = "Snippet";

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/using-the-library.md", "docs/large-data.md"})
  void aSnippetPrintsWhatItsDocumentShows(String document, @TempDir Path folder) throws Exception {
    String text = Files.readString(Path.of("..", document));
    List<MatchResult> snippets = SNIPPET.matcher(text).results().toList();
    assertThat(snippets).as("Java in %s with what it prints", document).isNotEmpty();
    for (MatchResult snippet : snippets) {
      assertThat(output(snippet.group(1), folder)).isEqualTo(snippet.group(2));
    }
  }

  /** With the flags that the document gives; jshell shows values and what is wrong. */
  @Test
  void theSessionInJshellRuns(@TempDir Path folder) throws Exception {
    String text = Files.readString(Path.of("..", "docs", "using-the-library.md"));
    MatchResult session = SESSION.matcher(text).results().findFirst().orElseThrow();
    Path lines = Files.writeString(folder.resolve("session"), session.group(2) + "\n/exit\n");
    List<String> command = new ArrayList<>(List.of(session.group(1).split(" ", -1)));
    command.set(0, Path.of(System.getProperty("java.home"), "bin", "jshell").toString());
    assertThat(command.removeLast()).isEqualTo("core/target/classes");
    command.add(ChildJvm.classPath(entry -> true));
    Process process =
        new ProcessBuilder(command).redirectInput(lines.toFile()).redirectErrorStream(true).start();
    String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(shown).isZero();
    assertThat(shown)
        .doesNotContain("Error:")
        .doesNotContain("Exception")
        .contains("DoubleBatch[n=1000, k=2, p=3, row-major]", "Gradient[loss=", "wanted: double");
  }

  private static String output(String source, Path folder) throws Exception {
    String name =
        CLASS
            .matcher(source)
            .results()
            .findFirst()
            .map(found -> found.group(1))
            .orElse(WITHOUT_A_CLASS);
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
      run(loader.loadClass(name));
    } finally {
      System.setOut(console);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** Starts a class as the launcher does: by a main of its own, or by one of an instance. */
  private static void run(Class<?> type) throws ReflectiveOperationException {
    for (Method main : type.getDeclaredMethods()) {
      if (!main.getName().equals("main")) {
        continue;
      }
      main.setAccessible(true);
      if (Modifier.isStatic(main.getModifiers())) {
        main.invoke(null, (Object) new String[0]);
      } else {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        main.invoke(constructor.newInstance());
      }
      return;
    }
    throw new NoSuchMethodException(type + " has no main");
  }
}
