package dev.patchgrad.reports.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.grid.Cell;
import dev.patchgrad.reports.grid.Grid;
import dev.patchgrad.reports.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Opens a run's page in Chromium, as a person would: from disk, without a network.
 *
 * <p>Where there is no Chromium the tests are skipped; in continuous integration (CI=true), which
 * installs it, they then fail.
 */
final class BrowserTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  @TempDir static Path root;

  private static Run run;
  private static ChromeDriver browser;

  @BeforeAll
  static void open() throws IOException {
    boolean installed = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    if (!Boolean.parseBoolean(System.getenv("CI"))) {
      assumeTrue(installed, CHROMIUM + " and " + DRIVER + " are not installed");
    }
    assertThat(installed).as("%s and %s are installed", CHROMIUM, DRIVER).isTrue();
    run =
        Run.read(
            new SyntheticRun()
                .kernels("scalar", "ejml", "vector", "interleaved")
                .noise(.05)
                .record(root));
    RunPage.write(run);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--user-data-dir=" + Files.createDirectory(root.resolve("browser")));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build(),
            options);
    browser.manage().window().setSize(new Dimension(1200, 900));
    browser.get(run.folder().resolve(RunPage.PAGE).toUri().toString());
  }

  @AfterAll
  static void close() {
    // Null where the browser is missing: the tests were skipped then.
    if (browser != null) {
      browser.quit();
    }
  }

  private static long number(String script, Object... arguments) {
    return ((Number) browser.executeScript(script, arguments)).longValue();
  }

  @Test
  void theConsoleStaysEmpty() {
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
  }

  @Test
  void everyFigureHasAMarkForEachOfItsPoints() {
    List<WebElement> charts = browser.findElements(By.cssSelector("figure .chart"));
    // Two precisions; three throughputs, the ratios, the forks and the roofline of each.
    assertThat(charts).hasSize(12);
    for (WebElement chart : charts) {
      String name = String.valueOf(chart.getDomAttribute("id"));
      long points =
          number(
              "return JSON.parse(document.getElementById('figures').textContent)"
                  + ".find(f => 'figure-' + f.name === arguments[0]).series"
                  + ".filter(s => s.kind.includes('DOTS'))"
                  + ".reduce((sum, s) => sum + s.points.length, 0)",
              name);
      // Dots are drawn as paths of a filled circle, as are the legend's few.
      long marks =
          number("return arguments[0].querySelectorAll('svg path[fill^=\"#\"]').length", chart);
      assertThat(points).as(name).isPositive();
      assertThat(marks).as("%s: marks", name).isGreaterThanOrEqualTo(points);
    }
  }

  @Test
  void theNumbersAreThoseOfTheResults() {
    WebElement table = table("Medians over forks");
    List<WebElement> rows = table.findElements(By.cssSelector("tbody tr"));
    List<Cell> cells =
        Grid.of(run).tables().stream()
            .flatMap(one -> one.rows().stream())
            .flatMap(row -> row.cells().stream())
            .toList();
    assertThat(rows).hasSize(cells.size());
    List<Double> shown =
        table.findElements(By.cssSelector("tbody td:nth-child(5)")).stream()
            .map(cell -> Double.valueOf(String.valueOf(cell.getDomAttribute("data-value"))))
            .toList();
    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            cells.stream().map(cell -> cell.operations().median()).toList());
  }

  @Test
  void aClickOnAHeadSortsTheTableByItsNumbersAndAnotherTurnsItRound() {
    WebElement table = table("Medians over forks");
    WebElement head = table.findElement(By.cssSelector("th:nth-child(5)"));
    browser.executeScript("arguments[0].click()", head);
    List<Double> rising = column(table);
    assertThat(rising).isSorted();
    assertThat(head.getDomAttribute("aria-sort")).isEqualTo("ascending");
    browser.executeScript("arguments[0].click()", head);
    assertThat(column(table)).isEqualTo(rising.stream().sorted((a, b) -> b.compareTo(a)).toList());
  }

  @Test
  void aPhoneScrollsTablesAndNotThePage() {
    // Headless Chromium has no window this narrow; it can pretend to be a phone.
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 360, "height", 800, "deviceScaleFactor", 1, "mobile", true));
    try {
      browser.navigate().refresh();
      assertThat(number("return window.innerWidth")).isEqualTo(360);
      assertThat(number("return document.documentElement.scrollWidth")).isEqualTo(360);
      assertThat(
              number(
                  "const t = [...document.querySelectorAll('.table')].at(-1);"
                      + "return t.scrollWidth - t.clientWidth"))
          .as("pixels that a table scrolls within its box")
          .isPositive();
    } finally {
      browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
      browser.navigate().refresh();
    }
  }

  private static WebElement table(String caption) {
    return browser.findElement(
        By.xpath("//table[starts-with(normalize-space(caption), '" + caption + "')]"));
  }

  private static List<Double> column(WebElement table) {
    return table.findElements(By.cssSelector("tbody td:nth-child(5)")).stream()
        .map(cell -> Double.valueOf(String.valueOf(cell.getDomAttribute("data-value"))))
        .toList();
  }
}
