package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.options.ProfilerConfig;

/** A first look. */
class QuickModeTest {
  private static LaunchOptions options(String... arguments) throws UsageException {
    return LaunchOptions.parse(List.of(arguments), new Properties());
  }

  private static int cells(LaunchOptions options) throws UsageException {
    return Selection.of(options, BenchmarkList.defaultList()).cells().size();
  }

  @Test
  void theDefaultGridEndsWithinNinetySeconds() throws UsageException {
    LaunchOptions options = options("-Dbench.quick");
    // Five kernels at three p; one roof of arithmetic, two of reading.
    assertThat(cells(options)).isEqualTo(5 * 3 + 1 + 2);
    assertThat(QuickMode.seconds(cells(options), options.jmh())).isBetween(60.0, 90.0);
    QuickMode.require(cells(options), options.jmh());
  }

  /** Cold code and a single JVM rank kernels wrongly: only iterations and cells may be fewer. */
  @Test
  void itIsAsWarmAsTheFullRunAndHasItsForks() throws UsageException {
    LaunchOptions options = options("-Dbench.quick=true");
    assertThat(options.jmh().getForkCount().get()).isEqualTo(3);
    assertThat(
            options.jmh().getWarmupIterations().get()
                * options.jmh().getWarmupTime().get().convertTo(TimeUnit.MILLISECONDS))
        .isEqualTo(2 * 400);
    // What is still cold allocates, which only the profiler shows.
    assertThat(options.jmh().getProfilers())
        .extracting(ProfilerConfig::getKlass)
        .containsExactly("gc");
    assertThat(options.commandLine()).containsExactly("-Dbench.quick=true");
  }

  @Test
  void whatTheUserAsksForHolds() throws UsageException {
    LaunchOptions options = options("-Dbench.quick", "-Dbench.k=16", "-f", "5");
    assertThat(options.jmh().getForkCount().get()).isEqualTo(5);
    assertThat(Selection.of(options, BenchmarkList.defaultList()).params())
        .containsEntry("k", List.of("16"))
        .containsEntry("precision", List.of("double"));
  }

  @Test
  void whatIsNotQuickIsRefused() throws UsageException {
    for (String more : List.of("-Dbench.k=16,64,256", "-f10")) {
      LaunchOptions many = options("-Dbench.quick", more);
      int cells = cells(many);
      assertThat(
              catchThrowableOfType(UsageException.class, () -> QuickMode.require(cells, many.jmh()))
                  .lines())
          .singleElement()
          .asString()
          .contains("quick means at most 90", "fewer values or forks, or leave out -Dbench.quick");
    }
    assertThat(
            catchThrowableOfType(UsageException.class, () -> options("-Dbench.quick", "Gradient"))
                .lines())
        .containsExactly(
            "-Dbench.quick: leave out 'Gradient', or leave out -Dbench.quick, which knows the"
                + " default suites alone");
  }

  @Test
  void itIsTrueOrFalse() throws UsageException {
    assertThat(options("-Dbench.quick=false").quick()).isFalse();
    assertThat(
            catchThrowableOfType(UsageException.class, () -> options("-Dbench.quick=yes")).lines())
        .containsExactly("-Dbench.quick: 'yes' given; give true or false, or no value for true");
  }
}
