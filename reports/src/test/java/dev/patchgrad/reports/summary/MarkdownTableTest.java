package dev.patchgrad.reports.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MarkdownTableTest {
  @Test
  void numbersStandToTheRightAndABarEndsNoCell() {
    assertThat(
            MarkdownTable.of(
                List.of("a", "b|c"),
                column -> column == 1,
                List.of(List.of("x|y", "1"), List.of("", "2"))))
        .isEqualTo(
            """
            | a | b\\|c |
            |---|---:|
            | x\\|y | 1 |
            |  | 2 |
            """);
  }

  @Test
  void aLineEndEndsNoRow() {
    assertThat(MarkdownTable.of(List.of("a"), column -> false, List.of(List.of("x\r\n\ny"))))
        .isEqualTo("| a |\n|---|\n| x y |\n");
  }

  @Test
  void textOfOthersIsShownAndNotRead() {
    assertThat(MarkdownText.of("<script>\n<!-- end --> *a* _b_ `c` [x](y) \\ &amp; # ~"))
        .isEqualTo(
            "\\<script> \\<!-- end --> \\*a\\* \\_b\\_ \\`c\\` [x\\](y) \\\\ \\&amp; \\# \\~");
  }
}
