package dev.patchgrad.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the guard's page compiles as it stands there. */
class GuardDocumentTest {
  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void theExampleCompiles(@TempDir Path folder) throws Exception {
    String text = Files.readString(Path.of("..", "..", "docs", "guard.md"));
    MatchResult snippet = SNIPPET.matcher(text).results().findFirst().orElseThrow();
    Path file = Files.writeString(folder.resolve("DotTest.java"), snippet.group(1));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-proc:none", "--add-modules=jdk.incubator.vector", "-d", "" + folder),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
            .call();
    assertThat(compiled).as(messages.toString()).isTrue();
  }
}
