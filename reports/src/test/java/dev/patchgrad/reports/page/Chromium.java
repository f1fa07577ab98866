package dev.patchgrad.reports.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A browser that opens pages from disk, without a network, and what every page must fulfil in it.
 *
 * <p>Where there is no Chromium the tests are skipped; in continuous integration (CI=true), which
 * installs it, they then fail.
 */
final class Chromium {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private Chromium() {}

  /** Whether the tests can run; skips them where they need not. */
  static void require() {
    boolean installed = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    if (!Boolean.parseBoolean(System.getenv("CI"))) {
      assumeTrue(installed, CHROMIUM + " and " + DRIVER + " are not installed");
    }
    assertThat(installed).as("%s and %s are installed", CHROMIUM, DRIVER).isTrue();
  }

  /** Starts a browser of its own, which keeps its files in the folder, on a page. */
  static ChromeDriver open(Path folder, Path page) throws IOException {
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
        "--user-data-dir=" + Files.createDirectory(folder.resolve("browser")));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriver browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build(),
            options);
    browser.manage().window().setSize(new Dimension(1200, 900));
    show(browser, page.toUri().toString());
    return browser;
  }

  /**
   * Goes to a page and waits until its charts are drawn, which they are in a frame of their own.
   */
  static void show(ChromeDriver browser, String page) {
    browser.get(page);
    browser.executeAsyncScript(
        "const drawn = arguments[0];"
            + "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn)))");
  }

  static long number(ChromeDriver browser, String script, Object... arguments) {
    return ((Number) browser.executeScript(script, arguments)).longValue();
  }

  /** No error, no warning, nothing that was not found. */
  static void requireEmptyConsole(ChromeDriver browser) {
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
  }

  /** The page has so many charts, and each of them a mark or a bar for each of its points. */
  static void requireMarks(ChromeDriver browser, int count) {
    List<WebElement> charts = browser.findElements(By.cssSelector("figure .chart"));
    assertThat(charts).hasSize(count);
    for (WebElement chart : charts) {
      String name = String.valueOf(chart.getDomAttribute("id"));
      String series =
          "JSON.parse(document.getElementById('charts').textContent)"
              + ".find(chart => 'chart-' + chart.name === arguments[0]).series";
      long points =
          number(
              browser,
              "return "
                  + series
                  + ".filter(s => s.kind.includes('DOTS') || s.kind === 'BARS')"
                  + ".reduce((sum, s) => sum + s.points.length, 0)",
              name);
      long dotted =
          number(
              browser,
              "return "
                  + series
                  + ".filter(s => s.kind.includes('DOTS') || s.kind === 'BARS').length",
              name);
      // A mark is a filled path within the plot; the legend has one more for each dotted series.
      long marks =
          number(
              browser,
              "return arguments[0].querySelectorAll("
                  + "'svg path[fill^=\"#\"]:not([fill-opacity=\"0\"])').length",
              chart);
      assertThat(points).as(name).isPositive();
      assertThat(marks).as("%s: marks", name).isGreaterThanOrEqualTo(points + dotted);
    }
  }

  /** Calls a check on the present page as a phone shows it. */
  static void onAPhone(ChromeDriver browser, Runnable check) {
    // Headless Chromium has no window this narrow; it can pretend to be a phone.
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 360, "height", 800, "deviceScaleFactor", 1, "mobile", true));
    try {
      show(browser, String.valueOf(browser.getCurrentUrl()));
      check.run();
    } finally {
      browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
      show(browser, String.valueOf(browser.getCurrentUrl()));
    }
  }

  /** On a phone the page itself does not scroll sideways; a wide table does, within its box. */
  static void requireFitsAPhone(ChromeDriver browser) {
    onAPhone(
        browser,
        () -> {
          assertThat(number(browser, "return window.innerWidth")).isEqualTo(360);
          assertThat(number(browser, "return document.documentElement.scrollWidth")).isEqualTo(360);
          assertThat(
                  number(
                      browser,
                      "return Math.max(...[...document.querySelectorAll('.table')]"
                          + ".map(t => t.scrollWidth - t.clientWidth))"))
              .as("pixels that a table scrolls within its box")
              .isPositive();
          String told =
              "return [...document.querySelectorAll('.table')].filter(t => {"
                  + "const wide = t.scrollWidth > t.clientWidth + 1;"
                  + "const frame = t.closest('.frame');"
                  + "const shade = getComputedStyle(frame, '::after').content !== 'none';"
                  + "const hint = frame.previousElementSibling.checkVisibility();"
                  + "return wide !== shade || wide !== hint; }).length";
          assertThat(number(browser, told))
              .as("tables that do not tell how wide they are")
              .isZero();
          browser.executeScript(
              "document.querySelectorAll('.table').forEach(t => { t.scrollLeft = t.scrollWidth;"
                  + " })");
          browser.executeAsyncScript("setTimeout(arguments[0], 100)");
          assertThat(number(browser, "return document.querySelectorAll('.frame.more').length"))
              .as("tables whose last column is in sight, and that say that there is more")
              .isZero();
        });
  }
}
