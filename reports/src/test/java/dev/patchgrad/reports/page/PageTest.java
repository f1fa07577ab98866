package dev.patchgrad.reports.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.reports.page.Chart.Axis;
import dev.patchgrad.reports.page.Chart.Kind;
import dev.patchgrad.reports.page.Chart.Series;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageTest {
  private static final String HOSTILE = "</script><b onclick=\"x('|')\">&";

  @TempDir Path folder;

  private static Chart chart(String name, Axis y) {
    return new Chart(
        name,
        HOSTILE,
        HOSTILE,
        Axis.linear("iterations"),
        y,
        List.of(
            Series.of(HOSTILE, Kind.LINE, 0, new double[] {1, 2, 3}, new double[] {4, 5, 6}),
            new Series("with intervals", Kind.DOTS, 1, List.of(new Chart.Point(1, 2, 1.5, 2.5)))));
  }

  private static Page page() {
    return new Page(HOSTILE, HOSTILE)
        .heading(HOSTILE)
        .paragraph(HOSTILE)
        .warning(HOSTILE)
        .facts(List.of(new Page.Fact(HOSTILE, HOSTILE)))
        .chart(chart("one", Axis.logarithmic(HOSTILE)))
        .table(
            new Page.Table(
                HOSTILE, List.of(HOSTILE), List.of(List.of(new Page.Value(HOSTILE, 1.5, 0)))))
        .map(
            new PageMap(
                HOSTILE,
                List.of(HOSTILE),
                List.of(HOSTILE),
                List.of(
                    new PageMap.Row(
                        List.of(HOSTILE),
                        List.of(
                            new PageMap.Cell(
                                HOSTILE, List.of(HOSTILE), PageMap.Fill.HATCHED, 0))))))
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
  void aPageWithoutChartsCarriesNoChartLibrary() {
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
  void markdownHasAPictureForEachChartAndEscapesWhatWouldBreakATable() throws IOException {
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
        Arrays.stream(
                picture.getRGB(
                    0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth()))
            .distinct()
            .count();
    assertThat(colours).isGreaterThan(5);
  }

  private static Series line(String name, int colour, double... y) {
    double[] x = IntStream.range(0, y.length).asDoubleStream().toArray();
    return Series.of(name, Kind.LINE_AND_DOTS, colour, x, y);
  }

  private int[] pixels(Chart chart, ChartImage.Scheme scheme) throws IOException {
    Path file = folder.resolve("picture.png");
    ChartImage.write(chart, file, scheme);
    BufferedImage picture = ImageIO.read(file.toFile());
    return picture.getRGB(
        0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
  }

  private int[] pixels(Axis x, Axis y, Series series) throws IOException {
    return pixels(new Chart("f", "title", "", x, y, List.of(series)), ChartImage.Scheme.LIGHT);
  }

  /** Were the names not drawn, other names would give the same picture. */
  @Test
  void aPictureShowsTheNamesOfItsPlaces() throws IOException {
    Axis y = Axis.linear("y");
    for (int places : new int[] {2, 9}) {
      List<String> names = IntStream.range(0, places).mapToObj(i -> "p " + i).toList();
      List<String> others = IntStream.range(0, places).mapToObj(i -> "k " + i).toList();
      Series series = line("a", 0, IntStream.range(0, places).asDoubleStream().toArray());
      assertThat(pixels(Axis.of("", names), y, series))
          .isNotEqualTo(pixels(Axis.of("", others), y, series))
          .isEqualTo(pixels(Axis.of("", names), y, series));
    }
  }

  /** Ten times as much looks the same on a logarithmic axis, but for its labels. */
  @Test
  void aPictureLabelsItsLogarithmicAxes() throws IOException {
    Axis log = Axis.logarithmic("y");
    for (double[] y : new double[][] {{1, 2, 8}, {1, 10, 1e6}}) {
      double[] times1024 = Arrays.stream(y).map(value -> value * 1024).toArray();
      double[] times1000 = Arrays.stream(y).map(value -> value * 1000).toArray();
      assertThat(pixels(Axis.linear("x"), log, line("a", 0, y)))
          .isNotEqualTo(
              pixels(Axis.linear("x"), log, line("a", 0, y[2] < 512 ? times1024 : times1000)));
    }
    // Ends that are no powers: XChart leaves out all labels where both ends have none.
    assertThat(pixels(Axis.linear("x"), log.between(0.9, 9), line("a", 0, 1, 2, 8)))
        .isNotEqualTo(
            pixels(
                Axis.linear("x"),
                log.between(0.9 * 1024, 9 * 1024),
                line("a", 0, 1024, 2048, 8192)));
  }

  private static ImageScale scale(double... y) {
    Chart chart =
        new Chart("f", "t", "", Axis.linear("x"), Axis.logarithmic("y"), List.of(line("a", 0, y)));
    return ImageScale.of(chart.y(), chart, Chart.Point::low, Chart.Point::high);
  }

  /** A picture whose axis ends at whole decades may be empty for the most part. */
  @Test
  void aPictureHasNoEmptyDecadesAndOneNotation() {
    ImageScale samples = scale(4, 4096);
    assertThat(samples.from()).isBetween(Math.log10(3), Math.log10(4));
    assertThat(samples.to()).isBetween(Math.log10(4096), Math.log10(6000));
    assertThat(List.of(samples.label(1), samples.label(3))).containsExactly("10", "1000");
    ImageScale distances = scale(2e-7, 2);
    assertThat(List.of(distances.label(-6), distances.label(-3), distances.label(0)))
        .containsExactly("1e-6", "1e-3", "1e0");
    // Within one decade or octave the axis has two labels still.
    ImageScale narrow = scale(5, 7);
    assertThat(List.of(narrow.from(), narrow.to())).containsExactly(2.0, 3.0);
  }

  @Test
  void aPictureShowsBarsAndLabels() throws IOException {
    Axis x = Axis.of("", List.of("p 8", "p 64"));
    Series bars = Series.of("a", Kind.BARS, 0, new double[] {0, 1}, new double[] {3, 6});
    int[] drawn = pixels(x, Axis.linear("y").between(0, 6), bars);
    long blue = Arrays.stream(drawn).filter(pixel -> (pixel & 0xffffff) == 0x0072b2).count();
    // Bars of 0.516 of a place, over a half and over all of the plot's height: 0.258 of its 3
    // places. The plot itself takes 65 to 90 % of the picture.
    assertThat((double) blue / drawn.length).isBetween(.258 * .65, .258 * .9);
    Series dots = line("a", 0, 1, 2);
    Series labelled =
        new Series(
            "a",
            Kind.LINE_AND_DOTS,
            0,
            dots.points().stream().map(point -> point.labelled("8/16")).toList());
    assertThat(pixels(Axis.linear("x"), Axis.linear("y"), labelled))
        .isNotEqualTo(pixels(Axis.linear("x"), Axis.linear("y"), dots));
  }

  @Test
  void aLongLegendStaysWithinThePicture() throws IOException {
    for (int count : new int[] {12, 40}) {
      List<Series> series =
          IntStream.range(0, count)
              .mapToObj(i -> line("k = " + i + ", predicted for small weights", i, i, i + 1))
              .toList();
      Chart chart = new Chart("f", "t", "", Axis.linear("x"), Axis.linear("y"), series);
      for (ChartImage.Scheme scheme : ChartImage.Scheme.values()) {
        int[] pixels = pixels(chart, scheme);
        int width = ImageIO.read(folder.resolve("picture.png").toFile()).getWidth();
        int height = pixels.length / width;
        int inked = 0;
        for (int x = 0; x < width; x++) {
          for (int y = 0; y < height; y++) {
            boolean frame = Math.min(Math.min(x, width - 1 - x), Math.min(y, height - 1 - y)) < 8;
            inked += frame && pixels[y * width + x] != pixels[0] ? 1 : 0;
          }
        }
        assertThat(inked).as("pixels at the edge, where they would be cut off").isZero();
        assertThat(Arrays.stream(pixels).filter(pixel -> pixel == pixels[0]).count())
            .as("paper, of %d", pixels.length)
            .isBetween(pixels.length / 2L, pixels.length - 1L);
      }
    }
  }

  /** Points that lie denser than dashes would otherwise join them to a whole line. */
  @Test
  void aBrokenLineOfManyPointsIsBroken() throws IOException {
    double[] many = IntStream.rangeClosed(0, 2000).mapToDouble(i -> i / 1000.0).toArray();
    double[] few = {0, 2};
    Axis axis = Axis.linear("");
    int[] broken = pixels(axis, axis, Series.of("s", Kind.DASHED, 0, many, many));
    int[] whole = pixels(axis, axis, Series.of("s", Kind.LINE, 0, few, few));
    long inked = Arrays.stream(broken).filter(pixel -> (pixel & 0xffffff) == 0x0072b2).count();
    long all = Arrays.stream(whole).filter(pixel -> (pixel & 0xffffff) == 0x0072b2).count();
    // Dashes of 8 in 13: 62 %, and their rounded ends.
    assertThat(inked).isBetween(all * 45 / 100, all * 80 / 100);
  }

  @Test
  void aDarkPictureIsDark() throws IOException {
    Chart chart = chart("one", Axis.linear("y"));
    assertThat(pixels(chart, ChartImage.Scheme.LIGHT)[0] & 0xffffff).isEqualTo(0xffffff);
    assertThat(pixels(chart, ChartImage.Scheme.DARK)[0] & 0xffffff).isEqualTo(0x0d1117);
  }

  @Test
  void badChartsAreRefusedByName() {
    assertThatThrownBy(() -> chart("Not a file", Axis.linear("y")))
        .hasMessageContaining("name: 'Not a file' given; expected lower case");
    assertThatThrownBy(
            () ->
                new Chart(
                    "log",
                    "",
                    "",
                    Axis.linear("x"),
                    Axis.logarithmic("loss"),
                    List.of(Series.of("s", Kind.LINE, 0, new double[] {1}, new double[] {0}))))
        .hasMessage(
            "chart 'log', series 's': 0.0 given on the axis 'loss'; expected a finite number above"
                + " 0");
    assertThatThrownBy(() -> Series.of("s", Kind.LINE, 0, new double[] {1}, new double[] {1, 2}))
        .hasMessage("y: length 2 given for series 's'; expected 1");
    assertThatThrownBy(
            () -> new Chart("none", "", "", Axis.linear("x"), Axis.linear("y"), List.of()))
        .hasMessage("series: none given for chart 'none'; expected 1");
    assertThatThrownBy(() -> Axis.linear("y").between(1, 1))
        .hasMessage("axis 'y': from 1.0 to 1.0 given; expected the first to be the smaller");
    assertThatThrownBy(() -> page().chart(chart("one", Axis.linear("y"))))
        .hasMessageContaining("'one' is on the page already");
    assertThatThrownBy(
            () -> new Page.Table("t", List.of("a", "b"), List.of(List.of(Page.Value.of("1")))))
        .hasMessage("row: 1 cells given in table 't'; expected 2");
    assertThatThrownBy(
            () ->
                new PageMap(
                    "m",
                    List.of("p"),
                    List.of("k"),
                    List.of(new PageMap.Row(List.of("8"), List.of()))))
        .hasMessage("row: 1 names and 0 cells given in map 'm'; expected 1 and 1");
  }
}
