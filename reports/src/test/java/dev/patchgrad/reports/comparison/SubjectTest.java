package dev.patchgrad.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.reports.grid.SuiteNames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a subject is named, in a line and in columns. */
final class SubjectTest {
  private static final Subject GRADIENT =
      new Subject(
          SuiteNames.GRADIENT,
          Map.of(
              "kernel",
              "vector",
              "precision",
              "double",
              "level",
              "L2",
              "p",
              "8",
              "k",
              "16",
              "threads",
              "2"));

  @Test
  void aGradientIsNamedByItsKernelAndOthersByTheirSuiteToo() {
    assertThat(GRADIENT.kernel()).isEqualTo("vector");
    assertThat(new Subject(SuiteNames.PEER, Map.of("kernel", "ojalgo")).kernel())
        .isEqualTo("Peer.gradient ojalgo");
    assertThat(new Subject(SuiteNames.READ_ROOF, Map.of("level", "L2")).kernel())
        .isEqualTo("Roof.read");
    assertThat(new Subject(SuiteNames.GRADIENT, Map.of()).kernel()).isEqualTo("Gradient.gradient");
    assertThat(new Subject(SuiteNames.READ_ROOF, Map.of()).suite()).isEqualTo("Roof.read");
  }

  @Test
  void aLineHasWhatThereIsAndNamesTheNumbers() {
    assertThat(GRADIENT.text()).isEqualTo("vector, double, L2, p 8, k 16, threads=2");
    assertThat(new Subject(SuiteNames.READ_ROOF, Map.of("level", "L2")).text())
        .isEqualTo("Roof.read, L2");
  }

  @Test
  void theColumnsAreThoseThatTheTablesName() {
    assertThat(GRADIENT.columns())
        .isEqualTo(List.of("vector", "double", "L2", "8", "16", "threads=2"))
        .hasSameSizeAs(Subject.COLUMNS);
    assertThat(new Subject(SuiteNames.READ_ROOF, Map.of()).columns())
        .isEqualTo(List.of("Roof.read", "", "", "", "", ""));
  }
}
