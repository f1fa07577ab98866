package dev.patchgrad.reports.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is too long in a document is found, and what only looks long is not. */
final class ShortnessTest {
  private static List<String> of(Rule rule, String text) {
    return rule.findings(Document.of("a.md", text)).stream().map(Finding::toString).toList();
  }

  @Test
  void aLongSentenceIsFoundInTheLineThatItBeginsIn() {
    String text = "# Title\n\nShort one. This one\nhas *six* words\nof `its own`. Short.\n";
    assertThat(of(new ShortSentences(6), text))
        .containsExactly(
            "a.md:3: 8 words found in a sentence; expected at most 6: This one has six words of its"
                + " own.");
    assertThat(of(new ShortSentences(8), text)).isEmpty();
  }

  @Test
  void aListItemAndAHeadingAreSentencesOfTheirOwn() {
    assertThat(of(new ShortSentences(3), "## one two three\n\n- four five\n- six seven eight\n"))
        .isEmpty();
    assertThat(of(new ShortSentences(2), "## one two three\n\n- four five\n- six seven eight\n"))
        .hasSize(2);
  }

  @Test
  void aPointWithinAWordOrAfterAnAbbreviationEndsNoSentence() {
    String text = "Version 1.2.3 of e.g. Du et al. 2018 is one sentence.";
    assertThat(of(new ShortSentences(10), text)).hasSize(1);
    assertThat(of(new ShortSentences(11), text)).isEmpty();
  }

  @Test
  void aSentenceMayEndWithABracketAndBeginWithASmallLetter() {
    assertThat(of(new ShortSentences(3), "One two (three.) `vector` is fast! is it?")).isEmpty();
  }

  @Test
  void codeAndTablesAreNoSentences() {
    String text =
        "```\none two three four\n```\n\n| one two | three |\n|---|---|\n| a b c d e | f |\n";
    assertThat(of(new ShortSentences(1), text)).isEmpty();
  }

  @Test
  void aLongLineIsFoundUnlessItIsARowOfATable() {
    String text = "short\n\n" + "x".repeat(11) + "\n\n| a | b |\n|---|---|\n| long | longer |\n";
    assertThat(of(new ShortLines(10, Set.of()), text))
        .containsExactly("a.md:3: 11 columns found; expected at most 10");
    assertThat(of(new ShortLines(10, Set.of("a.md")), text)).isEmpty();
  }

  @Test
  void aLongLineOfCodeIsFound() {
    assertThat(of(new ShortLines(10, Set.of()), "```\n" + "x".repeat(11) + "\n```\n")).hasSize(1);
  }

  @Test
  void aLongDocumentIsFoundByItsPath() {
    assertThat(of(new ShortDocument("a.md", 3), "one\n\n`two` three *four*\n"))
        .containsExactly("a.md:1: 4 words found; expected at most 3");
    assertThat(of(new ShortDocument("b.md", 3), "one two three four")).isEmpty();
  }
}
