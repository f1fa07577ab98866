package dev.patchgrad.reports.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.patchgrad.reports.comparison.Comparison;
import dev.patchgrad.reports.comparison.SlowdownGate;
import dev.patchgrad.reports.fixture.SyntheticRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonPageTest {
  private static final double THRESHOLD = 0.05;

  @TempDir private Path root;

  private Comparison.Named named(String name, SyntheticRun run) {
    return run.named(name, root);
  }

  private static SyntheticRun quiet(long seed) {
    return new SyntheticRun().noise(0.001).seed(seed);
  }

  private static String html(Comparison... comparisons) {
    return HtmlPage.render(ComparisonPage.of(List.of(comparisons), THRESHOLD, Optional.empty()));
  }

  private static Chart chart(String name, Comparison... comparisons) {
    return ComparisonPage.of(List.of(comparisons), THRESHOLD, Optional.empty()).charts().stream()
        .filter(chart -> chart.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anAxisNearOneIsLinearAndAWideOneLogarithmicAndBothHoldEveryInterval() {
    Comparison.Named old = named("old", quiet(1));
    for (double factor : new double[] {1.1, 3}) {
      Comparison comparison =
          Comparison.of(old, named("by" + factor, quiet(2).factor("vector", factor)), false);
      Chart means = chart("means", comparison);
      assertThat(means.y().log()).as("%s", factor).isEqualTo(factor > 2);
      if (!means.y().log()) {
        assertThat(means.series().stream().flatMap(series -> series.points().stream()))
            .allSatisfy(
                point ->
                    assertThat(List.of(point.low(), point.high()))
                        .allMatch(
                            end ->
                                end >= means.y().from().orElseThrow()
                                    && end <= means.y().to().orElseThrow()));
      }
    }
  }

  @Test
  void aRunThatIsNamedTwiceIsShownTwice() {
    Comparison.Named old = named("old", quiet(1));
    Comparison.Named other = named("new", quiet(2));
    Comparison.Named faster =
        new Comparison.Named("new", named("faster", quiet(3).factor("vector", 1.5)).run());
    Comparison one = Comparison.of(old, other, false);
    Comparison two = Comparison.of(old, faster, false);
    assertThat(chart("means", one, two).x().categories())
        .startsWith(
            "ejml, new",
            "ejml, new (2)",
            "scalar, new",
            "scalar, new (2)",
            "vector, new",
            "vector, new (2)");
    assertThat(html(one, two))
        .containsSubsequence(
            "<th scope=\"row\">vector, double, L2, new</th>",
            "<th scope=\"row\">vector, double, L2, new (2)</th>");
  }

  @Test
  void theTitleSaysWhichRunIsTheBaseline() {
    Comparison comparison = Comparison.of(named("old", quiet(1)), named("new", quiet(2)), false);
    assertThat(html(comparison)).contains("<h1>new against old (baseline)</h1>");
  }

  @Test
  void theHeaderTellsRunsThatDifferInAFlagApart() {
    Comparison comparison =
        Comparison.of(
            named("old", quiet(1).label("before")),
            named("new", quiet(2).arguments("-XX:+UseParallelGC")),
            false);
    assertThat(html(comparison))
        .containsSubsequence(
            "<header>",
            "<b>old:</b> before</p>",
            "<b>new:</b> -XX:+UseParallelGC</p>",
            "</header>");
  }

  @Test
  void aCellThatWasNotWarmHasNoVerdict() {
    Comparison comparison =
        Comparison.of(
            named("old", quiet(1)),
            named("new", quiet(2).speedsUp("vector", 60.0, 1.0, 1.0)),
            true);
    assertThat(html(comparison))
        .contains("not warm 18 of 54 cells", "<td>not warm</td>")
        .doesNotContainPattern("<th scope=\"row\">vector,[^/]*</th><td class=");
    assertThat(chart("means", comparison).x().categories()).doesNotContain("vector");
  }

  /** Colours that colour-blind eyes tell apart, and signs for those who see none. */
  @Test
  void fasterAndSlowerDifferInColourAndSign() {
    Comparison comparison =
        Comparison.of(
            named("old", quiet(1)),
            named("new", quiet(2).factor("vector", 1.5).factor("ejml", 0.5)),
            false);
    String html = html(comparison);
    assertThat(html)
        .containsPattern("<td class=\"c8 sure\"><i></i>▲ 1\\.\\d\\dx<small>")
        .containsPattern("<td class=\"c9 sure\"><i></i>▼ 0\\.\\d{3}x<small>")
        .containsPattern("<td class=\"c7\">= (1\\.0\\d|0\\.99\\d)x<small>")
        .contains("<i></i>▲ faster</td>", "<i></i>▼ slower</td>", "<i></i>= same</td>");
    assertThat(chart("means", comparison).series())
        .extracting(Chart.Series::name, Chart.Series::colour)
        .contains(tuple("faster", 8), tuple("slower", 9), tuple("same", 7));
  }

  /** Not a chart for each precision and run: all of them are one map. */
  @Test
  void whereItBecameFasterIsOneMap() {
    Comparison.Named old = named("old", quiet(1));
    String html =
        html(
            Comparison.of(old, named("new", quiet(2)), false),
            Comparison.of(old, named("newer", quiet(3)), false));
    assertThat(html.split("class=\"listing map\"", -1)).hasSize(2);
    assertThat(html.split("<figure", -1)).hasSize(2);
    // Three kernels, two precisions, two runs.
    assertThat(html.split("<tr><th scope=\"row\">", -1)).hasSize(1 + 3 * 2 * 2);
  }

  @Test
  void whatWasIgnoredOrIsMissingOrSimulatedIsAWarning() {
    Comparison.Named old = named("old", quiet(1));
    Comparison.Named other =
        named("new", quiet(2).kernels("scalar").warmupIterations(2).simulated("UseAVX=1"));
    assertThat(html(Comparison.of(old, other, true)))
        .contains("compared anyway: warmupIterations: 4 | 2. Do not trust a ratio")
        .contains("new is simulated (UseAVX=1)")
        .contains("Only old has: ejml, double, L2, p 8, k 16;")
        // 36 cells of two kernels; 5 of them by name.
        .contains("and 31 more.");
  }

  @Test
  void aGateThatFailsIsAWarningAndOneThatPassesIsNone() {
    Comparison comparison =
        Comparison.of(named("old", quiet(1)), named("new", quiet(2).factor("vector", 0.8)), false);
    assertThat(rendered(comparison, 0.05))
        .containsPattern("class=\"warning\"[^>]*>gate: failed; more than 5.00 % slower:; vector");
    assertThat(rendered(comparison, 0.5)).contains("<p>gate: passed");
  }

  private static String rendered(Comparison comparison, double allowed) {
    List<Comparison> all = List.of(comparison);
    return HtmlPage.render(
        ComparisonPage.of(all, THRESHOLD, Optional.of(SlowdownGate.of(all, allowed))));
  }

  /** Each side by its own best: the kernels may differ, and the ratio is theirs. */
  @Test
  void eachRunIsShownWithItsOwnFastestKernel() {
    Comparison comparison =
        Comparison.of(named("old", quiet(1).factor("scalar", 100)), named("new", quiet(2)), false);
    // At p 8 and k 16 scalar is 600 in the one; in the other vector is 10 (60 * 8 / 48).
    assertThat(html(comparison))
        .containsPattern(
            "(?s)double, L2</td><td[^>]*>8</td><td[^>]*>16</td><td[^>]*><i></i>scalar"
                + "</td>.{0,80}</td><td[^>]*><i></i>vector</td>.{0,200}0\\.01\\dx");
  }

  @Test
  void oneForkHasRatiosWithoutIntervals() {
    Comparison comparison =
        Comparison.of(named("old", quiet(1).forks(1)), named("new", quiet(2).forks(1)), false);
    assertThat(html(comparison)).contains("undecided 54 of 54 cells");
    assertThat(html(comparison)).contains("<small>no interval</small>");
    assertThat(chart("means", comparison).series().get(0).hasIntervals()).isFalse();
  }

  @Test
  void noComparisonIsRefused() {
    assertThatThrownBy(() -> ComparisonPage.of(List.of(), THRESHOLD, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("comparisons: none given; expected at least 1");
  }
}
