package dev.patchgrad.reports.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    assertThat(chart("means", one, two).series())
        .extracting(Chart.Series::name)
        .containsExactly("new", "new (2)", "same, within 5.00 %");
    assertThat(html(one, two)).contains("new (2), double, L2");
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
    assertThat(chart("ratio-0-0", comparison).series().get(0).hasIntervals()).isFalse();
  }

  @Test
  void noComparisonIsRefused() {
    assertThatThrownBy(() -> ComparisonPage.of(List.of(), THRESHOLD, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("comparisons: none given; expected at least 1");
  }
}
