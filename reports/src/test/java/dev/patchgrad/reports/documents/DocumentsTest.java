package dev.patchgrad.reports.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The documents of this project are short, and true of what is beside them. */
final class DocumentsTest {
  private static final Project PROJECT = Project.here();

  /** Pages that programs of this project write. */
  private static final Set<String> WRITTEN = Set.of("reports/paper/README.md");

  private static List<Document> documents() throws IOException {
    List<Document> documents = PROJECT.documents();
    assertThat(documents).extracting(Document::path).contains("README.md", "docs/kernels.md");
    return documents;
  }

  private static void assertKept(Rule rule) throws IOException {
    assertThat(documents().stream().flatMap(document -> rule.findings(document).stream()))
        .isEmpty();
  }

  @Test
  void noSentenceHasMoreThan40Words() throws IOException {
    assertKept(new ShortSentences(40));
  }

  @Test
  void noLineHasMoreThan140Columns() throws IOException {
    assertKept(new ShortLines(140, WRITTEN));
  }

  @Test
  void theReadmeHasAtMost900Words() throws IOException {
    assertKept(new ShortDocument("README.md", 900));
  }

  @Test
  void everyLinkLeadsToAFileAndAHeadingOfIt() throws IOException {
    assertKept(Rules.links(PROJECT, documents()));
  }

  @Test
  void everyCommandAndOptionExists() throws IOException {
    assertKept(Rules.commands(PROJECT));
  }

  @Test
  void everyClassThatIsNamedExists() throws IOException {
    assertKept(Rules.namesOfClasses(PROJECT));
  }

  @Test
  void everyFileThatIsNamedExists() throws IOException {
    assertKept(new Paths(PROJECT));
  }
}
