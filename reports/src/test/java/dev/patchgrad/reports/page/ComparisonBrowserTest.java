package dev.patchgrad.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.comparison.Comparison;
import dev.patchgrad.reports.comparison.ComparisonData;
import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.summary.NumberText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** Opens the page of three runs, two against the first, in Chromium. */
final class ComparisonBrowserTest {
  private static final double THRESHOLD = 0.05;

  /** What a table shows of a verdict. */
  private static final Map<String, String> SIGNS =
      Map.of("faster", "▲ faster", "slower", "▼ slower", "same", "= same", "~", "~ undecided");

  @TempDir static Path root;

  private static Document data = new Document(List.of());
  private static ChromeDriver browser;

  private record Document(List<One> comparisons) {
    record One(List<Cell> cells, List<Mean> geometricMeans) {}

    record Cell(
        String benchmark,
        String kernel,
        Map<String, String> params,
        double firstMedian,
        double otherMedian,
        double ratio,
        Ends interval,
        String verdict) {}

    record Mean(String kernel, int cells, double ratio, Ends interval, String verdict) {}

    record Ends(double low, double high) {}
  }

  @BeforeAll
  static void open() throws IOException {
    Chromium.require();
    Comparison.Named first = named("old", new SyntheticRun().noise(.02));
    List<Comparison> comparisons =
        List.of(
            Comparison.of(
                first,
                named("new", new SyntheticRun().noise(.02).seed(2).factor("vector", 1.3)),
                false),
            Comparison.of(
                first,
                named("newer", new SyntheticRun().noise(.02).seed(3).factor("ejml", .4)),
                false));
    data =
        Json.read(
            ComparisonData.json(comparisons, THRESHOLD, Optional.empty()),
            Path.of("comparison"),
            Document.class);
    Path file = root.resolve("comparison.html");
    HtmlPage.write(ComparisonPage.of(comparisons, THRESHOLD, Optional.empty()), file);
    browser = Chromium.open(root, file);
  }

  private static Comparison.Named named(String name, SyntheticRun run) {
    return run.named(name, root);
  }

  @AfterAll
  static void close() {
    // Null where the browser is missing: the tests were skipped then.
    if (browser != null) {
      browser.quit();
    }
  }

  @Test
  void theConsoleStaysEmpty() {
    Chromium.requireEmptyConsole(browser);
  }

  @Test
  void everyChartHasItsMarks() {
    // The means; the map of the shapes is a table.
    Chromium.requireMarks(browser, 1);
  }

  @Test
  void aPhoneScrollsTablesAndNotThePage() {
    Chromium.requireFitsAPhone(browser);
  }

  /** Numbers of the page against those of the data format, which has every digit. */
  @Test
  void theTableHoldsTheNumbersOfTheData() {
    WebElement table = table("Samples per second, or the unit");
    List<Document.Cell> cells =
        data.comparisons().stream().flatMap(one -> one.cells().stream()).toList();
    // Without the machines' limits, which have a table of their own.
    assertThat(cells).hasSize(2 * 54);
    assertThat(numbers(table, "baseline")).isEqualTo(all(cells, Document.Cell::firstMedian));
    assertThat(numbers(table, "other")).isEqualTo(all(cells, Document.Cell::otherMedian));
    assertThat(numbers(table, "ratio")).isEqualTo(all(cells, Document.Cell::ratio));
    assertThat(numbers(table, "low")).isEqualTo(all(cells, cell -> cell.interval().low()));
    assertThat(numbers(table, "high")).isEqualTo(all(cells, cell -> cell.interval().high()));
    assertThat(column(table, "verdict", WebElement::getText))
        .isEqualTo(cells.stream().map(cell -> SIGNS.getOrDefault(cell.verdict(), "?")).toList());
  }

  @Test
  void theMeansAreThoseOfTheData() {
    List<Document.Mean> means =
        data.comparisons().stream().flatMap(one -> one.geometricMeans().stream()).toList();
    assertThat(numbers(table("Geometric mean"), "ratio"))
        .isEqualTo(all(means, Document.Mean::ratio));
    assertThat(means("y")).isEqualTo(byPlace(Document.Mean::ratio));
    assertThat(means("low")).isEqualTo(byPlace(mean -> mean.interval().low()));
    assertThat(means("high")).isEqualTo(byPlace(mean -> mean.interval().high()));
  }

  /** The data's means by the names of the chart's places. */
  private static Map<String, Double> byPlace(Function<Document.Mean, Double> value) {
    Map<String, Double> all = new TreeMap<>();
    for (int run = 0; run < 2; run++) {
      for (Document.Mean mean : data.comparisons().get(run).geometricMeans()) {
        all.put(mean.kernel() + ", " + List.of("new", "newer").get(run), value.apply(mean));
      }
    }
    return all;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Double> means(String key) {
    Map<String, Number> found =
        (Map<String, Number>)
            Objects.requireNonNull(
                browser.executeScript(
                    "const chart = JSON.parse(document.getElementById('charts').textContent)[0];"
                        + "return Object.fromEntries(chart.series.filter(s => s.kind === 'DOTS')"
                        + ".flatMap(s => s.points)"
                        + ".map(p => [chart.x.categories[p.x], p[arguments[0]]]))",
                    key));
    Map<String, Double> sorted = new TreeMap<>();
    found.forEach((place, value) -> sorted.put(place, value.doubleValue()));
    return sorted;
  }

  @Test
  void theMapHoldsTheRatiosAndIntervalsOfTheData() {
    WebElement map = browser.findElement(By.cssSelector(".map table"));
    List<WebElement> rows = map.findElements(By.cssSelector("tbody tr"));
    List<String> shown = new ArrayList<>();
    for (WebElement row : rows) {
      List<String> names =
          row.findElements(By.tagName("th")).stream().map(WebElement::getText).toList();
      List<WebElement> cells = row.findElements(By.tagName("td"));
      for (int at = 0; at < cells.size(); at++) {
        String text = String.valueOf(cells.get(at).getDomProperty("innerText"));
        shown.add(names + ", " + at + ": " + text.replaceAll("\\s+", " "));
      }
    }
    List<String> expected = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      String name = List.of("new", "newer").get(run);
      for (String kernel : List.of("scalar", "vector", "ejml")) {
        for (String precision : List.of("double", "float")) {
          List<Document.Cell> cells =
              data.comparisons().get(run).cells().stream()
                  .filter(cell -> cell.kernel().equals(kernel))
                  .filter(cell -> precision.equals(cell.params().get("precision")))
                  .toList();
          assertThat(cells).hasSize(9);
          // In the data they are in order of p, then k, as the map's columns are.
          for (int at = 0; at < cells.size(); at++) {
            Document.Cell cell = cells.get(at);
            expected.add(
                List.of(kernel + ", " + precision + ", L2, " + name)
                    + ", "
                    + at
                    + ": "
                    + SIGNS.getOrDefault(cell.verdict(), "?").substring(0, 1)
                    + " "
                    + NumberText.three(cell.ratio())
                    + "x ["
                    + NumberText.three(cell.interval().low())
                    + ", "
                    + NumberText.three(cell.interval().high())
                    + "]");
          }
        }
      }
    }
    assertThat(shown).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** While a wide map scrolls sideways, the names of its rows stay. */
  @Test
  void aMapKeepsTheNamesOfItsRowsInSight() {
    Chromium.onAPhone(
        browser,
        () ->
            assertThat(
                    Chromium.number(
                        browser,
                        "const box = document.querySelector('.map .table');"
                            + "box.scrollLeft = 300;"
                            + "return Math.round("
                            + "box.querySelector('tbody th').getBoundingClientRect().left"
                            + " - box.getBoundingClientRect().left)"))
                .isBetween(0L, 2L));
  }

  /** The labels of the chart are whole, and none is over another, on a phone too. */
  @Test
  void theNamesOfTheMeansAreWhole() {
    String names =
        "const box = document.querySelector('#chart-means').getBoundingClientRect();"
            + "const texts = [...document.querySelectorAll('#chart-means svg text')]"
            + ".map(text => [text.textContent, text.getBoundingClientRect()]);"
            + "return texts.filter(([name, one]) => one.left < box.left || one.right > box.right"
            + " || one.bottom > box.bottom || texts.some(([other, two]) => other !== name"
            + " && one.left < two.right && two.left < one.right"
            + " && one.top + 2 < two.bottom && two.top + 2 < one.bottom)).map(([name]) => name)";
    assertThat((List<?>) browser.executeScript(names)).isEmpty();
    Chromium.onAPhone(browser, () -> assertThat((List<?>) browser.executeScript(names)).isEmpty());
  }

  @Test
  void theMachinesStandSideBySide() {
    WebElement table =
        browser.findElements(By.tagName("table")).stream().reduce((a, b) -> b).orElseThrow();
    assertThat(table.findElements(By.tagName("th")))
        .extracting(WebElement::getText)
        .containsSubsequence("old", "new", "newer");
    assertThat(table.getText()).contains("processor").contains("MaxVectorSize");
  }

  private static WebElement table(String heading) {
    return browser.findElement(By.xpath("//section[h3[starts-with(., '" + heading + "')]]//table"));
  }

  private static <T> List<Double> all(List<T> cells, Function<T, Double> value) {
    return cells.stream().map(value).toList();
  }

  private static List<Double> numbers(WebElement table, String head) {
    return column(table, head, cell -> Double.valueOf(cell.getDomAttribute("data-value")));
  }

  private static <T> List<T> column(WebElement table, String head, Function<WebElement, T> value) {
    List<String> heads =
        table.findElements(By.tagName("th")).stream().map(WebElement::getText).toList();
    assertThat(heads).contains(head);
    return table
        .findElements(By.cssSelector("tbody td:nth-child(" + (heads.indexOf(head) + 1) + ")"))
        .stream()
        .map(value)
        .toList();
  }
}
