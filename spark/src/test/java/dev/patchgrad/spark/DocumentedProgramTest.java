package dev.patchgrad.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the page compiles as it stands there. */
class DocumentedProgramTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void theProgramsOfThePageCompile() throws IOException {
    List<String> programs =
        JAVA.matcher(Files.readString(Path.of("../docs/spark.md")))
            .results()
            .map(MatchResult::group)
            .map(text -> text.replaceAll("```(java\n)?", ""))
            .toList();
    assertThat(programs).hasSize(1);
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    for (String program : programs) {
      StringWriter messages = new StringWriter();
      JavaFileObject source =
          new SimpleJavaFileObject(
              URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
              return program;
            }
          };
      List<String> options =
          List.of(
              "-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
      boolean compiles =
          compiler.getTask(messages, null, null, options, null, List.of(source)).call();
      assertThat(compiles).as(messages.toString()).isTrue();
    }
  }
}
