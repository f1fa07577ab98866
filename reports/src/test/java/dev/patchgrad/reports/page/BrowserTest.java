package dev.patchgrad.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** Opens a run's page in Chromium, as a person would. */
final class BrowserTest {
  @TempDir static Path root;

  private static Run run;
  private static ChromeDriver browser;

  @BeforeAll
  static void open() throws IOException {
    Chromium.require();
    run =
        Run.read(
            new SyntheticRun()
                .kernels("scalar", "ejml", "vector", "interleaved")
                .noise(.05)
                .record(root));
    RunPage.write(run);
    browser = Chromium.open(root, run.folder().resolve(RunPage.PAGE));
  }

  @AfterAll
  static void close() {
    // Null where the browser is missing: the tests were skipped then.
    if (browser != null) {
      browser.quit();
    }
  }

  private static String page() {
    return run.folder().resolve(RunPage.PAGE).toUri().toString();
  }

  private static long number(String script) {
    return Chromium.number(browser, script);
  }

  @Test
  void theConsoleStaysEmpty() {
    Chromium.requireEmptyConsole(browser);
  }

  @Test
  void everyChartHasItsMarks() {
    // Two precisions; three throughputs, the ratios, the forks and the roofline of each.
    Chromium.requireMarks(browser, 12);
  }

  @Test
  void everyNamedPlaceHasItsName() {
    for (String chart : List.of("chart-ratio-double-l2", "chart-forks-float-l2")) {
      List<String> texts =
          browser.findElements(By.cssSelector("#" + chart + " svg text")).stream()
              .map(text -> String.valueOf(text.getDomProperty("textContent")))
              .toList();
      assertThat(texts).as(chart).contains("p 8, k 16", "p 64, k 64", "p 512, k 256");
    }
  }

  /** Calls a check on a page with one chart, and goes back to the run's page. */
  private static void on(Chart chart, Runnable check) throws IOException {
    Path file = root.resolve(chart.name() + ".html");
    HtmlPage.write(new Page(chart.title(), "").chart(chart), file);
    Chromium.show(browser, file.toUri().toString());
    try {
      check.run();
      Chromium.requireEmptyConsole(browser);
    } finally {
      Chromium.show(browser, page());
    }
  }

  private static Chart chart(String name, Chart.Axis y, List<Chart.Series> series) {
    return new Chart(name, name, "", Chart.Axis.linear("x"), y, series);
  }

  @Test
  void aLineWithIntervalsHasABand() throws IOException {
    on(
        chart(
            "band",
            Chart.Axis.linear("y"),
            List.of(
                new Chart.Series(
                    "line",
                    Chart.Kind.LINE,
                    0,
                    List.of(
                        new Chart.Point(0, 2, 1, 3),
                        new Chart.Point(1, 2, 1, 4),
                        new Chart.Point(2, 3, 2, 4))))),
        // A piece of the band between each two of the three points, lighter than any mark.
        () ->
            assertThat(
                    number(
                        "return [...document.querySelectorAll('#chart-band svg path')].filter(path"
                            + " => path.getAttribute('fill-opacity') === '0.18').length"))
                .isEqualTo(2));
  }

  /** A loss that falls from 1 to 1e-13: two labels, ten decades apart, would say little. */
  @Test
  void aLogarithmicAxisOfManyDecadesHasALabelForMostOfThem() throws IOException {
    double[] x = {0, 1, 2};
    on(
        chart(
            "decades",
            Chart.Axis.logarithmic("loss"),
            List.of(Chart.Series.of("a", Chart.Kind.LINE, 0, x, new double[] {1, 1e-7, 1e-13}))),
        () ->
            assertThat(
                    browser.findElements(By.cssSelector("#chart-decades svg text")).stream()
                        .map(text -> String.valueOf(text.getDomProperty("textContent")))
                        .filter(text -> text.matches("1e-\\d+")))
                // 1e-14 would be a decade without a number.
                .contains("1e-4", "1e-12")
                .doesNotContain("1e-14")
                .hasSizeBetween(5, 10));
  }

  private static List<String> texts(String chart) {
    return browser.findElements(By.cssSelector("#chart-" + chart + " svg text")).stream()
        .map(text -> String.valueOf(text.getDomProperty("textContent")))
        .toList();
  }

  @Test
  void aLogarithmicAxisHasOneNotation() throws IOException {
    double[] x = {0, 1};
    on(
        chart(
            "notation",
            Chart.Axis.logarithmic("distance"),
            List.of(Chart.Series.of("a", Chart.Kind.LINE, 0, x, new double[] {3, 2e-6}))),
        () ->
            assertThat(texts("notation"))
                .contains("1e-5", "1e-3", "1e0")
                .doesNotContain("0.001", "0.01", "0.1"));
  }

  /** Two labels at one height or place may not touch each other. */
  @Test
  void labelsOfAxesDoNotCollide() {
    String collisions =
        "return [...document.querySelectorAll('figure .chart svg')].flatMap(svg => {const boxes ="
            + " [...svg.querySelectorAll('text')].filter(text => text.textContent.trim()).map(text"
            + " => [text.textContent, text.getBoundingClientRect()]);return boxes.flatMap(([a,"
            + " one], at) => boxes.slice(at + 1).filter(([b, other]) => one.left < other.right &&"
            + " other.left < one.right"
            // A line's box is higher than its letters.
            + " && one.top + 2 < other.bottom && other.top + 2 < one.bottom)"
            + ".map(([b]) => a + ' on ' + b)); })";
    assertThat((List<?>) browser.executeScript(collisions)).isEmpty();
    Chromium.onAPhone(
        browser, () -> assertThat((List<?>) browser.executeScript(collisions)).isEmpty());
  }

  @Test
  void theMarksOfTheRooflineCarryTheirShapes() {
    assertThat(texts("roofline-double-l2").stream().filter(text -> text.matches("\\d+/\\d+")))
        .contains("8/16")
        .hasSizeGreaterThan(5);
  }

  /** Three p are no course: a line between them would show numbers that nobody measured. */
  @Test
  void aFewPAreBarsFromZeroAndManyALine() throws IOException {
    assertThat(texts("throughput-k16-double-l2")).contains("p 8", "p 64", "p 512", "0");
    assertThat(kinds("throughput-k16-double-l2")).containsOnly("BARS", "DASHED");
    Run many =
        Run.read(
            new SyntheticRun()
                .grid(List.of(8, 16, 32, 64, 128), List.of(16))
                .writeTo(root.resolve("many")));
    Chromium.show(browser, RunPage.write(many).toUri().toString());
    try {
      assertThat(kinds("throughput-k16-double-l2")).containsOnly("LINE_AND_DOTS", "DASHED");
      // The axis ends near its numbers.
      assertThat(texts("throughput-k16-double-l2")).contains("8", "128").doesNotContain("4", "256");
      Chromium.requireEmptyConsole(browser);
    } finally {
      Chromium.show(browser, page());
    }
  }

  @SuppressWarnings("unchecked")
  private static List<String> kinds(String chart) {
    return (List<String>)
        browser.executeScript(
            "return JSON.parse(document.getElementById('charts').textContent)"
                + ".find(chart => chart.name === arguments[0]).series.map(s => s.kind)",
            chart);
  }

  @Test
  void whatTheNoteExplainsNeedsNoEntryInTheLegend() throws IOException {
    double[] x = {0, 1};
    on(
        chart(
            "unlisted",
            Chart.Axis.linear("y"),
            List.of(
                Chart.Series.of("measured", Chart.Kind.LINE, 0, x, x),
                Chart.Series.of("other", Chart.Kind.LINE, 1, x, x),
                Chart.Series.of("predicted", Chart.Kind.DASHED, 0, x, x).unlisted())),
        () ->
            assertThat(texts("unlisted"))
                .contains("measured", "other")
                .doesNotContain("predicted"));
  }

  /** Names that have no room side by side stand below each other, each whole. */
  @Test
  void longNamesOfPlacesStandBelowEachOther() throws IOException {
    List<String> names = IntStream.range(0, 12).mapToObj(i -> "a place, the number " + i).toList();
    double[] places = IntStream.range(0, 12).asDoubleStream().toArray();
    Chart chart =
        new Chart(
            "places",
            "places",
            "",
            Chart.Axis.of("", names),
            Chart.Axis.linear("y"),
            List.of(Chart.Series.of("s", Chart.Kind.DOTS, 0, places, places)));
    String outside =
        "return [...document.querySelectorAll('#chart-places svg text')].filter(text => {const box"
            + " = text.getBoundingClientRect();const frame ="
            + " document.querySelector('#chart-places').getBoundingClientRect();return box.left <"
            + " frame.left || box.right > frame.right || box.bottom > frame.bottom;}).length";
    on(
        chart,
        () -> {
          assertThat(texts("places")).containsAll(names);
          assertThat(number(outside)).isZero();
          Chromium.onAPhone(
              browser,
              () -> {
                assertThat(texts("places")).containsAll(names);
                assertThat(number(outside)).isZero();
              });
        });
  }

  /** A name that is wider than a phone has several lines, and leaves the plot its half. */
  @Test
  void aNameOfAPlaceThatIsTooLongHasSeveralLines() throws IOException {
    String name = "a path such as reports/profiles/amd-zen-3-2c-avx2-simulated/jdk-25, and so on";
    double[] places = {0, 1};
    Chart chart =
        new Chart(
            "long-places",
            "places",
            "",
            Chart.Axis.of("", List.of(name, name + " 2")),
            Chart.Axis.linear("y"),
            List.of(Chart.Series.of("s", Chart.Kind.DOTS, 0, places, places)));
    on(
        chart,
        () ->
            Chromium.onAPhone(
                browser,
                () -> {
                  assertThat(String.join("", texts("long-places")).replaceAll("\\s", ""))
                      .contains(name.replaceAll("\\s", ""));
                  assertThat(
                          number(
                              "const tops = [...document.querySelectorAll('#chart-long-places svg"
                                  + " text')].filter(text => text.textContent.length > 8).map(text"
                                  + " => text.getBoundingClientRect().top).sort((a, b) => a -"
                                  + " b);return Math.min(...tops.slice(1).map((top, at) => top -"
                                  + " tops[at]))"))
                      .as("pixels from one line to the next")
                      .isGreaterThanOrEqualTo(11);
                  assertThat(
                          number(
                              "const box = document.querySelector('#chart-long-places');"
                                  + "return Math.max(...[...box.querySelectorAll('svg text')]"
                                  + ".filter(text => text.textContent.length > 8)"
                                  + ".map(text => text.getBoundingClientRect().right))"
                                  + " - box.getBoundingClientRect().left"))
                      .isLessThan(180);
                }));
  }

  @Test
  void aLongLegendTakesNothingFromThePlot() throws IOException {
    double[] x = {0, 1};
    List<Chart.Series> series =
        IntStream.range(0, 40)
            .mapToObj(i -> Chart.Series.of("a long name, " + i, Chart.Kind.LINE, i, x, x))
            .toList();
    String height = "return document.querySelector('.chart').clientHeight";
    long[] heights = new long[2];
    on(
        chart("short", Chart.Axis.linear("y"), series.subList(0, 2)),
        () -> heights[0] = number(height));
    on(chart("long", Chart.Axis.linear("y"), series), () -> heights[1] = number(height));
    // 40 names of some 130 pixels in 1200: at least 4 rows, of which 2 have room anyway.
    assertThat(heights[1]).isGreaterThanOrEqualTo(heights[0] + 2 * 24);
  }

  /** A chart shows what was recorded: read back from JMH's own file, without the grid. */
  @Test
  void theChartsHoldTheValuesOfTheResults() {
    // The first place of the first precision's chart of forks: p 8 and k 16, double.
    for (String kernel : List.of("scalar", "vector", "interleaved")) {
      List<Double> forks =
          Forks.ofIterations(raw(Map.of("precision", "double", "p", "8", "k", "16"), kernel))
              .values();
      double median = forks.stream().sorted().toList().get(1);
      assertThat(forks).hasSize(3);
      @SuppressWarnings("unchecked")
      List<Number> shown =
          (List<Number>)
              browser.executeScript(
                  "return JSON.parse(document.getElementById('charts').textContent)"
                      + ".find(chart => chart.name === 'forks-double-l2').series"
                      + ".find(s => s.name === arguments[0]).points.slice(0, 3).map(p => p.y)",
                  kernel);
      assertThat(shown.stream().map(Number::doubleValue).toList())
          .isEqualTo(forks.stream().map(value -> value / median).toList());
    }
  }

  @Test
  void theTableHoldsTheMediansOfTheResults() {
    List<Double> shown = column(cells());
    List<Double> recorded =
        run.results().stream()
            .filter(result -> result.benchmark().equals(SuiteNames.GRADIENT))
            .map(result -> Forks.ofIterations(result.operationsPerSecond()).median())
            .toList();
    assertThat(shown).containsExactlyInAnyOrderElementsOf(recorded);
  }

  @Test
  void aClickOnAHeadSortsTheTableByItsNumbersAndAnotherTurnsItRound() {
    WebElement table = cells();
    WebElement head = table.findElement(By.cssSelector("th:nth-child(6)"));
    WebElement button = head.findElement(By.tagName("button"));
    browser.executeScript("arguments[0].scrollIntoView({block: 'center'})", button);
    button.click();
    List<Double> rising = column(table);
    assertThat(rising).isSorted();
    assertThat(head.getDomAttribute("aria-sort")).isEqualTo("ascending");
    button.click();
    assertThat(column(table)).isEqualTo(rising.stream().sorted(Comparator.reverseOrder()).toList());
    assertThat(head.getDomAttribute("aria-sort")).isEqualTo("descending");
  }

  /** What is chosen in two columns: the rows that have both. */
  @Test
  void aChoiceShowsTheRowsThatHaveIt() {
    WebElement section = cells().findElement(By.xpath("./ancestor::section"));
    assertThat(section.findElements(By.cssSelector(".filters label")))
        .extracting(label -> label.getText().split("\\s", 2)[0])
        .contains("batch", "p", "k", "kernel")
        .doesNotContain("gradients/s");
    choose(section, "kernel", "vector");
    choose(section, "p", "64");
    try {
      List<WebElement> shown = section.findElements(By.cssSelector("tbody tr:not([hidden])"));
      // Three k in two precisions.
      assertThat(shown)
          .hasSize(2 * 3)
          .allSatisfy(row -> assertThat(row.getText()).contains("vector").contains(" 64 "));
      assertThat(
              section.findElements(By.cssSelector("tbody tr")).stream()
                  .filter(WebElement::isDisplayed))
          .hasSize(2 * 3);
      assertThat(section.findElement(By.tagName("output")).getText()).isEqualTo("6 of 72 rows");
    } finally {
      choose(section, "kernel", "all");
      choose(section, "p", "all");
    }
    assertThat(section.findElement(By.tagName("output")).getText()).isEqualTo("72 of 72 rows");
  }

  private static void choose(WebElement section, String column, String value) {
    section
        .findElement(
            By.xpath(
                ".//label[starts-with(normalize-space(.), '"
                    + column
                    + "')]/select/option[.='"
                    + value
                    + "']"))
        .click();
  }

  /** The heads of a long table stay at the top of its box while its rows move. */
  @Test
  void aLongTableKeepsItsHeadsInSight() {
    String top =
        "const box = arguments[0].closest('.table');"
            + "box.scrollTop = arguments[1];"
            + "return Math.round(box.querySelector('thead th').getBoundingClientRect().top"
            + " - box.getBoundingClientRect().top)";
    WebElement table = cells();
    assertThat(Chromium.number(browser, top, table, 0)).isBetween(0L, 2L);
    assertThat(Chromium.number(browser, top, table, 500)).isBetween(0L, 2L);
    assertThat(Chromium.number(browser, "return arguments[0].closest('.table').scrollTop", table))
        .isEqualTo(500);
    Chromium.number(browser, top, table, 0);
  }

  /** Hatching is told from a plain fill without its colour. */
  @Test
  void whatIsUndecidedIsHatched() {
    List<WebElement> ties = browser.findElements(By.cssSelector(".map td.tie"));
    List<WebElement> sure = browser.findElements(By.cssSelector(".map td.sure"));
    assertThat(ties)
        .isNotEmpty()
        .allSatisfy(
            cell -> {
              assertThat(cell.getText()).startsWith("tie?").contains(" or ").contains("[");
              assertThat(cell.getCssValue("background-image"))
                  .contains("repeating-linear-gradient");
            });
    assertThat(sure)
        .isNotEmpty()
        .allSatisfy(
            cell -> {
              assertThat(cell.getText()).contains("over the next");
              assertThat(cell.getCssValue("background-image")).isEqualTo("none");
            });
    assertThat(ties.size() + sure.size()).isEqualTo(2 * 9);
  }

  /** A chart that a change of the colour scheme did not reach would be dark on dark. */
  @Test
  void theColourSchemeReachesTheCharts() {
    String axis =
        "return document.querySelector('figure .chart svg text').getAttribute('fill')"
            + " + getComputedStyle(document.body).backgroundColor";
    Object light = browser.executeScript(axis);
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    try {
      Chromium.show(browser, String.valueOf(browser.getCurrentUrl()));
      assertThat(String.valueOf(browser.executeScript(axis)))
          .isNotEqualTo(light)
          .endsWith("rgb(18, 22, 28)");
    } finally {
      browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
      Chromium.show(browser, String.valueOf(browser.getCurrentUrl()));
    }
  }

  @Test
  void aPhoneScrollsTablesAndNotThePage() {
    Chromium.requireFitsAPhone(browser);
  }

  /** A dash for what is not known is aligned with the numbers, and sorts after them. */
  @Test
  void whatIsNotKnownIsAlignedWithTheNumbers() {
    WebElement table =
        browser.findElement(By.xpath("//section[h3[contains(., 'other suites')]]//table"));
    List<WebElement> unknown = table.findElements(By.xpath(".//td[.='-']"));
    assertThat(unknown).isNotEmpty();
    assertThat(unknown)
        .allSatisfy(cell -> assertThat(cell.getCssValue("text-align")).isEqualTo("right"));
  }

  private static WebElement cells() {
    return browser.findElement(
        By.xpath("//section[h3[starts-with(., 'Medians over forks; spread')]]//table"));
  }

  private static List<List<Double>> raw(Map<String, String> params, String kernel) {
    return run.results().stream()
        .filter(result -> result.benchmark().equals(SuiteNames.GRADIENT))
        .filter(result -> result.params().entrySet().containsAll(params.entrySet()))
        .filter(result -> kernel.equals(result.params().get(SuiteNames.KERNEL)))
        .findFirst()
        .orElseThrow()
        .primary()
        .forks();
  }

  private static List<Double> column(WebElement table) {
    return table.findElements(By.cssSelector("tbody td:nth-child(6)")).stream()
        .map(cell -> Double.valueOf(String.valueOf(cell.getDomAttribute("data-value"))))
        .toList();
  }
}
