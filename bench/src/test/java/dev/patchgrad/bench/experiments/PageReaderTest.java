package dev.patchgrad.bench.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.reports.page.Chart.Axis;
import dev.patchgrad.reports.page.Chart.Kind;
import dev.patchgrad.reports.page.Chart.Series;
import dev.patchgrad.reports.page.HtmlPage;
import dev.patchgrad.reports.page.MarkdownPage;
import dev.patchgrad.reports.page.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Markdown becomes on a page, and what of it is refused. */
class PageReaderTest {
  private static final PaperCharts.Plot LINE =
      new PaperCharts.Plot(
          Axis.linear("x"),
          Axis.linear("y"),
          List.of(Series.of("one", Kind.LINE, 0, new double[] {1, 2}, new double[] {3, 4})));

  private static Page read(String markdown) {
    return new PageReader("text.md", Map.of()).read("# Title\n\nBelow it.\n\n" + markdown);
  }

  @Test
  void everyBlockIsOnThePageInItsPlace() {
    Page page =
        new PageReader("text.md", Map.of("line", LINE, "other", LINE))
            .read(
                """
                # Of |a*|

                Below
                the title.

                ## A section

                - |w*|: 1
                - at: 12:30

                Text with phi_0 and a*, and |a*| again
                in two lines.

                ![|a - a*|](line)
                A note
                of two lines.

                ![Another](other)

                Text, and no note.

                ### Caption of |a*|

                | name | \\|a\\| < 1 |
                |---|---:|
                | first | 1e-10 |
                | second | - |
                """);
    assertThat(MarkdownPage.render(page))
        .isEqualTo(
            """
            # Of |a\\*|

            Below the title.

            ## A section

            - |w\\*|: 1
            - at: 12:30

            Text with phi\\_0 and a\\*, and |a\\*| again in two lines.

            ![|a - a\\*|](line.png)

            A note of two lines.

            ![Another](other.png)

            Text, and no note.

            **Caption of |a\\*|**

            | name | \\|a\\| \\< 1 |
            |---|---:|
            | first | 1e-10 |
            | second | - |
            """);
  }

  @Test
  void aTableIsSortedByTheNumbersThatItsCellsBeginWith() {
    String html =
        HtmlPage.render(
            read(
                """
                | name | share |
                |---|---:|
                | 7 | 0.496 (0.50) |
                | 8 | -2.5e-05 |
                | 9 | 14 of 15 |
                | 10 | - |
                """));
    assertThat(html)
        .contains("data-value=\"0.496\"", "data-value=\"-2.5E-5\"", "data-value=\"14.0\"")
        .doesNotContain("data-value=\"7", "data-value=\"8", "data-value=\"9", "data-value=\"10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "two *stars* in a line; two stars in a line; expected plain text",
        "a `code`; a \"code\"; expected plain text",
        "> said; «said»; expected a heading, a paragraph, a list or a table",
        "#### too deep; too deep; expected a section's heading, of level 2",
        "- no value; - no value; expected a name, a colon and a value",
        "![Title](unknown); \"Title\" (unknown); expected a chart of [], not 'unknown'",
        "### Caption; Last words.; expected a table below its caption 'Caption'"
      })
  void whateverElseMarkdownHasIsRefused(String markdown, String named, String expected) {
    assertThatThrownBy(() -> read(markdown + "\n\nLast words."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("text.md: '" + named + "' given; " + expected);
  }

  @Test
  void aPageWithoutATitleOrWithoutAChartOfItsOwnIsRefused() {
    assertThatThrownBy(() -> new PageReader("text.md", Map.of()).read("Text.\n\nMore.\n"))
        .hasMessage("text.md: expected a title and a paragraph first");
    PageReader reader = new PageReader("text.md", Map.of("line", LINE));
    assertThatThrownBy(() -> reader.read("# Title\n\nBelow it.\n"))
        .hasMessage("text.md: charts [] given; expected all of [line]");
  }
}
