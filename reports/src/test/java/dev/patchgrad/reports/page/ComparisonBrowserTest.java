package dev.patchgrad.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.comparison.Comparison;
import dev.patchgrad.reports.comparison.ComparisonData;
import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    // The means, and two precisions of two comparisons.
    Chromium.requireMarks(browser, 5);
  }

  @Test
  void aPhoneScrollsTablesAndNotThePage() {
    Chromium.requireFitsAPhone(browser);
  }

  /** Numbers of the page against those of the data format, which has every digit. */
  @Test
  void theTableHoldsTheNumbersOfTheData() {
    WebElement table = table("Samples per second, or operations");
    List<Document.Cell> cells =
        data.comparisons().stream().flatMap(one -> one.cells().stream()).toList();
    assertThat(cells).hasSize(2 * 57);
    assertThat(numbers(table, "first")).isEqualTo(all(cells, Document.Cell::firstMedian));
    assertThat(numbers(table, "other")).isEqualTo(all(cells, Document.Cell::otherMedian));
    assertThat(numbers(table, "ratio")).isEqualTo(all(cells, Document.Cell::ratio));
    assertThat(numbers(table, "low")).isEqualTo(all(cells, cell -> cell.interval().low()));
    assertThat(numbers(table, "high")).isEqualTo(all(cells, cell -> cell.interval().high()));
    assertThat(column(table, "verdict", WebElement::getText))
        .isEqualTo(cells.stream().map(Document.Cell::verdict).toList());
  }

  @Test
  void theMeansAreThoseOfTheData() {
    List<Document.Mean> means =
        data.comparisons().stream().flatMap(one -> one.geometricMeans().stream()).toList();
    assertThat(numbers(table("Geometric mean"), "ratio"))
        .isEqualTo(all(means, Document.Mean::ratio));
    assertThat(shown("means", "new", "y"))
        .isEqualTo(all(data.comparisons().get(0).geometricMeans(), Document.Mean::ratio));
    assertThat(shown("means", "newer", "low"))
        .isEqualTo(all(data.comparisons().get(1).geometricMeans(), mean -> mean.interval().low()));
  }

  @Test
  void theChartsHoldTheRatiosAndIntervalsOfTheData() {
    for (int comparison = 0; comparison < 2; comparison++) {
      for (String precision : List.of("double", "float")) {
        for (String kernel : List.of("scalar", "vector", "ejml")) {
          List<Document.Cell> cells =
              data.comparisons().get(comparison).cells().stream()
                  .filter(cell -> cell.kernel().equals(kernel))
                  .filter(cell -> precision.equals(cell.params().get("precision")))
                  .toList();
          assertThat(cells).hasSize(9);
          String chart = "ratio-" + comparison + "-" + (precision.equals("double") ? 0 : 1);
          assertThat(shown(chart, kernel, "y")).isEqualTo(all(cells, Document.Cell::ratio));
          assertThat(shown(chart, kernel, "low"))
              .isEqualTo(all(cells, cell -> cell.interval().low()));
          assertThat(shown(chart, kernel, "high"))
              .isEqualTo(all(cells, cell -> cell.interval().high()));
        }
      }
    }
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

  @SuppressWarnings("unchecked")
  private static List<Double> shown(String chart, String series, String key) {
    List<Number> found =
        (List<Number>)
            Objects.requireNonNull(
                browser.executeScript(
                    "return JSON.parse(document.getElementById('charts').textContent)"
                        + ".find(chart => chart.name === arguments[0]).series"
                        + ".find(s => s.name === arguments[1]).points.map(p => p[arguments[2]])",
                    chart,
                    series,
                    key));
    return found.stream().map(Number::doubleValue).toList();
  }
}
