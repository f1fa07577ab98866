package dev.patchgrad.reports.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.grid.Suites;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.statistics.Forks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
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
  void everyFigureHasItsMarks() {
    List<WebElement> charts = browser.findElements(By.cssSelector("figure .chart"));
    // Two precisions; three throughputs, the ratios, the forks and the roofline of each.
    assertThat(charts).hasSize(12);
    for (WebElement chart : charts) {
      String name = String.valueOf(chart.getDomAttribute("id"));
      String series =
          "JSON.parse(document.getElementById('figures').textContent)"
              + ".find(f => 'figure-' + f.name === arguments[0]).series";
      long points =
          number(
              "return "
                  + series
                  + ".filter(s => s.kind.includes('DOTS'))"
                  + ".reduce((sum, s) => sum + s.points.length, 0)",
              name);
      long dotted =
          number("return " + series + ".filter(s => s.kind.includes('DOTS')).length", name);
      // A mark is a filled path within the plot; the legend has one more for each dotted series.
      long marks =
          number(
              "return arguments[0].querySelectorAll("
                  + "'svg path[fill^=\"#\"]:not([fill-opacity=\"0\"])').length",
              chart);
      assertThat(points).as(name).isPositive();
      assertThat(marks).as("%s: marks", name).isGreaterThanOrEqualTo(points + dotted);
    }
  }

  @Test
  void everyNamedPlaceHasItsName() {
    for (String figure : List.of("figure-ratio-0", "figure-forks-1")) {
      List<String> texts =
          browser.findElements(By.cssSelector("#" + figure + " svg text")).stream()
              .map(text -> String.valueOf(text.getDomProperty("textContent")))
              .toList();
      assertThat(texts).as(figure).contains("p 8, k 16", "p 64, k 64", "p 512, k 256");
    }
  }

  @Test
  void aLineWithIntervalsHasABand() throws IOException {
    Path file = root.resolve("band.html");
    HtmlPage.write(
        new Page("band", "")
            .figure(
                new Figure(
                    "band",
                    "band",
                    "",
                    Figure.Axis.linear("x"),
                    Figure.Axis.linear("y"),
                    List.of(
                        new Figure.Series(
                            "line",
                            Figure.Kind.LINE,
                            0,
                            List.of(
                                new Figure.Point(0, 2, 1, 3),
                                new Figure.Point(1, 2, 1, 4),
                                new Figure.Point(2, 3, 2, 4)))))),
        file);
    browser.get(file.toUri().toString());
    try {
      // A piece of the band between each two of the three points, lighter than any mark.
      assertThat(
              number(
                  "return [...document.querySelectorAll('#figure-band svg path')]"
                      + ".filter(path => path.getAttribute('fill-opacity') === '0.18').length"))
          .isEqualTo(2);
      assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    } finally {
      browser.navigate().back();
    }
  }

  /** What a figure says is what was recorded: read back from JMH's own file, without the grid. */
  @Test
  void theFiguresHoldTheValuesOfTheResults() {
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
                  "return JSON.parse(document.getElementById('figures').textContent)"
                      + ".find(f => f.name === 'forks-0').series"
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
            .filter(result -> result.benchmark().equals(Suites.GRADIENT))
            .map(result -> Forks.ofIterations(result.operationsPerSecond()).median())
            .toList();
    assertThat(shown).containsExactlyInAnyOrderElementsOf(recorded);
  }

  @Test
  void aClickOnAHeadSortsTheTableByItsNumbersAndAnotherTurnsItRound() {
    WebElement table = cells();
    WebElement head = table.findElement(By.cssSelector("th:nth-child(5)"));
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
      browser.navigate().refresh();
      assertThat(String.valueOf(browser.executeScript(axis)))
          .isNotEqualTo(light)
          .endsWith("rgb(18, 22, 28)");
    } finally {
      browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
      browser.navigate().refresh();
    }
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

  private static WebElement cells() {
    return browser.findElement(
        By.xpath("//section[h3[starts-with(., 'Medians over forks; spread')]]//table"));
  }

  private static List<List<Double>> raw(Map<String, String> params, String kernel) {
    return run.results().stream()
        .filter(result -> result.benchmark().equals(Suites.GRADIENT))
        .filter(result -> result.params().entrySet().containsAll(params.entrySet()))
        .filter(result -> kernel.equals(result.params().get(Suites.KERNEL)))
        .findFirst()
        .orElseThrow()
        .primary()
        .forks();
  }

  private static List<Double> column(WebElement table) {
    return table.findElements(By.cssSelector("tbody td:nth-child(5)")).stream()
        .map(cell -> Double.valueOf(String.valueOf(cell.getDomAttribute("data-value"))))
        .toList();
  }
}
