package dev.patchgrad.reports.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A link that leads nowhere is found, whatever its form. */
final class LinksTest {
  @TempDir private Path project = Path.of("");

  @BeforeEach
  void writeAProject() throws IOException {
    Files.createDirectories(project.resolve("docs/pictures"));
    Files.writeString(project.resolve("docs/b.md"), "# A `heading` here\n\n# Two\n\n# Two\n");
    Files.writeString(project.resolve("docs/pictures/x.svg"), "<svg/>");
  }

  private List<String> of(String text) throws IOException {
    Path file = Files.writeString(project.resolve("docs/a.md"), text);
    List<Document> documents = Project.at(project).documents();
    return Rules.links(Project.at(project), documents)
        .findings(Document.read(project, file))
        .stream()
        .map(Finding::message)
        .toList();
  }

  @Test
  void aLinkToAFileOfTheProjectIsGood() throws IOException {
    assertThat(of("[b](b.md), [c](../docs/b.md), [p](pictures), ![x](pictures/x.svg)")).isEmpty();
  }

  @Test
  void aLinkToNoFileIsFound() throws IOException {
    assertThat(of("[b](c.md)")).containsExactly("link 'c.md' leads to no file of the project");
    assertThat(of("![b](c.png)")).hasSize(1);
    assertThat(of("see [b]\n\n[b]: c.md\n")).hasSize(1);
    assertThat(of("| a |\n|---|\n| [b](c.md) |\n")).hasSize(1);
  }

  @Test
  void aPictureOfAPageForDarkReadersIsLookedFor() throws IOException {
    assertThat(
            of(
                """
                <picture>
                  <source srcset="pictures/dark.svg">
                  <img src="pictures/x.svg">
                </picture>
                """))
        .containsExactly("link 'pictures/dark.svg' leads to no file of the project");
  }

  @Test
  void aLinkOutOfTheProjectIsFound() throws IOException {
    assertThat(of("[b](../../elsewhere.md)")).hasSize(1);
  }

  @Test
  void aHeadingIsNamedAsAWebSiteNamesIt() throws IOException {
    assertThat(of("# Own\n\n[o](#own) [b](b.md#a-heading-here) [c](b.md#two) [d](b.md#two-1)"))
        .isEmpty();
  }

  @Test
  void aLinkToNoHeadingIsFound() throws IOException {
    assertThat(of("# Own\n\n[b](b.md#three) [c](#other)")).hasSize(2);
  }

  @Test
  void aWebAddressIsLeftAlone() throws IOException {
    assertThat(of("[b](https://example.org/none#x), <mailto:a@example.org>")).isEmpty();
  }
}
