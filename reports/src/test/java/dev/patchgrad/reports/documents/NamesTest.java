package dev.patchgrad.reports.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class or file that a document names, and that is not there, is found. */
final class NamesTest {
  @TempDir private Path project = Path.of("");

  @BeforeEach
  void writeAProject() throws IOException {
    write("core/src/main/java/Kernels.java", "final class Kernels { void create() {} }");
    write("core/src/main/templates/DoubleRows-FloatRows.java.ftl", "class ${Type}Rows {}");
    write("core/target/Old.java", "class Old {}");
  }

  private void write(String path, String text) throws IOException {
    Path file = project.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private List<String> classes(String text) {
    return Rules.namesOfClasses(Project.at(project)).findings(Document.of("a.md", text)).stream()
        .map(Finding::message)
        .toList();
  }

  private List<String> files(String text) {
    return new Paths(Project.at(project))
        .findings(Document.of("a.md", text)).stream().map(Finding::message).toList();
  }

  @Test
  void aClassOfTheProjectIsGood() {
    assertThat(classes("`Kernels` `Kernels.create` `Kernels.create(name)` `Kernels.java`"))
        .isEmpty();
    assertThat(classes("`dev.patchgrad.Kernels` `DoubleRows` `FloatRows` `FloatRows.java.ftl`"))
        .isEmpty();
  }

  @Test
  void aClassThatIsNotThereIsFound() {
    assertThat(classes("`Kernel`")).containsExactly("'Kernel' names no class of the project");
    assertThat(classes("`ByteRows`, `KernelsTest`, `Kernel.java`, `a.b.Kernel`, `Old`")).hasSize(5);
  }

  @Test
  void aMemberThatIsNotThereIsFound() {
    assertThat(classes("`Kernels.creat`")).containsExactly("'Kernels.creat': Kernels has no creat");
  }

  @Test
  void whatIsNoClassOfTheProjectIsLeftAlone() {
    assertThat(classes("`System.Logger` `Math.max` `README.md` `JAVA_HOME` `DoubleYourKernel`"))
        .isEmpty();
    assertThat(classes("`RestartsBenchmark`, as it was called")).isEmpty();
    assertThat(classes("`kernels.create()` `[n][k][p]` `-XX:UseAVX=1` Kernel")).isEmpty();
  }

  @Test
  void aFileOfTheProjectIsGood() {
    assertThat(files("`core/src/main/java` `core/src/main/java/Kernels.java`")).isEmpty();
    assertThat(files("`java/Kernels.java` `Kernel.java` `64/64` `and/or.`")).isEmpty();
    assertThat(files("`core/target/x.jar` `reports/runs/latest` `reports/<machine>`")).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsFound() {
    assertThat(files("`core/src/main/java/Kernel.java`"))
        .containsExactly("'core/src/main/java/Kernel.java' is no file of the project");
    assertThat(files("`java/Kernel.java`")).hasSize(1);
  }
}
