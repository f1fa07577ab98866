package dev.patchgrad.reports.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.reports.page.Figure.Axis;
import dev.patchgrad.reports.page.Figure.Kind;
import dev.patchgrad.reports.page.Figure.Series;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageTest {
  private static final String HOSTILE = "</script><b onclick=\"x('|')\">&";

  @TempDir Path folder;

  private static Figure figure(String name, Axis y) {
    return new Figure(
        name,
        HOSTILE,
        HOSTILE,
        Axis.linear("iterations"),
        y,
        List.of(
            Series.of(HOSTILE, Kind.LINE, 0, new double[] {1, 2, 3}, new double[] {4, 5, 6}),
            new Series("with intervals", Kind.DOTS, 1, List.of(new Figure.Point(1, 2, 1.5, 2.5)))));
  }

  private static Page page() {
    return new Page(HOSTILE, HOSTILE)
        .heading(HOSTILE)
        .paragraph(HOSTILE)
        .warning(HOSTILE)
        .facts(List.of(new Page.Fact(HOSTILE, HOSTILE)))
        .figure(figure("one", Axis.logarithmic(HOSTILE)))
        .table(
            new Page.Table(
                HOSTILE, List.of(HOSTILE), List.of(List.of(new Page.Value(HOSTILE, 1.5, 0)))))
        .map(
            new Page.Table(
                HOSTILE, List.of(HOSTILE), List.of(List.of(new Page.Value(HOSTILE, 1.5, 0)))))
        .heading("second")
        .heading("third");
  }

  @Test
  void noTextBecomesMarkup() {
    String html = HtmlPage.render(page());
    assertThat(html).doesNotContain("<b onclick").doesNotContain("</script><b");
    // Its own three scripts, and no fourth that a text began or ended.
    assertThat(html.split("</script>", -1)).hasSize(4);
  }

  @Test
  void theFileNeedsNoNetwork() {
    // What the scripts hold is code; the elements around them would load.
    String elements = HtmlPage.render(page()).replaceAll("(?s)<script[^>]*>.*?</script>", "");
    assertThat(elements)
        .contains("<figure>")
        .doesNotContainPattern("(src|href)=\"(?!data:|#)")
        .doesNotContainPattern("<script|@import|url\\(");
  }

  @Test
  void theChartLibrarysTermsTravelWithIt() {
    assertThat(HtmlPage.render(page()))
        .contains("Licensed to the Apache Software Foundation")
        .contains("This product includes software developed at")
        .contains("Mike Bostock");
  }

  @Test
  void aPageWithoutFiguresCarriesNoChartLibrary() {
    // The library is 1 MB; style and script of the page itself are less than 20 kB.
    assertThat(HtmlPage.render(new Page("title", "").paragraph("text")).length())
        .isLessThan(20_000);
  }

  @Test
  void markdownMakesNoMarksOfTexts() {
    String text =
        MarkdownPage.render(new Page("a\nb", "").paragraph("*x* _y_ <z> `c` [l](u) &lt;"));
    assertThat(text).isEqualTo("# a b\n\n\\*x\\* \\_y\\_ \\<z> \\`c\\` [l\\](u) \\&lt;\n");
  }

  @Test
  void markdownHasAPictureForEachFigureAndEscapesWhatWouldBreakATable() throws IOException {
    Path file = folder.resolve("page.md");
    MarkdownPage.write(page(), file);
    assertThat(file)
        .content()
        .contains("](one.png)")
        .contains("x('\\|')")
        .doesNotContainPattern("(?<!\\\\)<b ");
    BufferedImage picture = ImageIO.read(folder.resolve("one.png").toFile());
    // Blank paper is one colour; axes, text and two series are more.
    long colours =
        java.util.Arrays.stream(
                picture.getRGB(
                    0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth()))
            .distinct()
            .count();
    assertThat(colours).isGreaterThan(5);
  }

  @Test
  void aPictureOfNamedPlacesIsDrawn() throws IOException {
    Path file = folder.resolve("named.png");
    Picture.write(
        new Figure(
            "named",
            "title",
            "",
            Axis.of("", List.of("p 8", "p 64")),
            Axis.linear("y"),
            List.of(Series.of("a", Kind.DOTS, 0, new double[] {0, 1}, new double[] {1, 2}))),
        file);
    assertThat(Files.size(file)).isPositive();
  }

  @Test
  void badFiguresAreRefusedByName() {
    assertThatThrownBy(() -> figure("Not a file", Axis.linear("y")))
        .hasMessageContaining("name: 'Not a file' given; expected lower case");
    assertThatThrownBy(
            () ->
                new Figure(
                    "log",
                    "",
                    "",
                    Axis.linear("x"),
                    Axis.logarithmic("loss"),
                    List.of(Series.of("s", Kind.LINE, 0, new double[] {1}, new double[] {0}))))
        .hasMessage(
            "figure 'log', series 's': 0.0 given on the axis 'loss'; expected a finite number above"
                + " 0");
    assertThatThrownBy(() -> Series.of("s", Kind.LINE, 0, new double[] {1}, new double[] {1, 2}))
        .hasMessage("y: length 2 given for series 's'; expected 1");
    assertThatThrownBy(
            () -> new Figure("none", "", "", Axis.linear("x"), Axis.linear("y"), List.of()))
        .hasMessage("series: none given for figure 'none'; expected 1");
    assertThatThrownBy(() -> Axis.linear("y").between(1, 1))
        .hasMessage("axis 'y': from 1.0 to 1.0 given; expected the first to be the smaller");
    assertThatThrownBy(() -> page().figure(figure("one", Axis.linear("y"))))
        .hasMessageContaining("'one' is on the page already");
    assertThatThrownBy(
            () -> new Page.Table("t", List.of("a", "b"), List.of(List.of(Page.Value.of("1")))))
        .hasMessage("row: 1 cells given in table 't'; expected 2");
  }
}
