package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The list of kernels: what it says of each, and what it answers to a name that it does not know.
 */
class KernelsTest {
  @Test
  void everyKernelOfTheListIsDescribedOnceInItsOrder() {
    assertThat(Kernels.descriptions())
        .extracting(KernelDescription::name)
        .isEqualTo(Kernels.names());
  }

  @Test
  void aDescriptionNamesTheLayoutThatItsKernelReads() {
    for (KernelDescription description : Kernels.descriptions()) {
      for (Precision precision : Precision.values()) {
        Layout layout = Kernels.create(description.name(), precision).layout();
        String word =
            layout.lanes() > 1 ? "side by side" : layout.multiple() > 1 ? "padded" : "row-major";
        assertThat(description.layout()).as(description.name()).contains(word);
      }
    }
  }

  @Test
  void aKernelSaysWhatItResolvedTo() {
    for (Precision precision : Precision.values()) {
      int width = Kernels.studentsSideBySide(precision);
      String lanes = width / 2 + " lanes of " + 8 * precision.bytes() + " bits";
      for (String name : List.of("vector", "single-touch", "interleaved")) {
        assertThat(Kernels.create(name, precision).resolved()).as(name).isEqualTo(lanes);
      }
      assertThat(Kernels.createSignFlips(precision).resolved()).isEqualTo(lanes);
      assertThat(Kernels.createStudents(precision).resolved())
          .isEqualTo(width + " students at a time, " + lanes);
      assertThat(Kernels.createStudents("interleaved", precision).resolved())
          .isEqualTo("one student at a time over a block of samples, " + lanes);
      assertThat(Kernels.create("scalar", precision).resolved())
          .isEqualTo("1 lane, no vector species");
      try (ThreadedKernel kernel = Kernels.create("vector", precision, 2)) {
        assertThat(kernel.resolved()).isEqualTo(lanes + ", 2 threads");
      }
    }
  }

  /** Quarter tiles are of vectors of 128 bits at least, so there are some with 512 alone. */
  @ParameterizedTest
  @EnumSource
  void studentsThatFillNoTileTakeHalfOfItOrAQuarter(Precision precision) {
    int width = Kernels.studentsSideBySide(precision);
    int least = width / 2 * 8 * precision.bytes() > 256 ? width / 4 : width / 2;
    for (int students = 1; students <= 2 * width; students++) {
      int rest = students % width;
      int last = rest == 0 ? 0 : rest <= least ? least : rest <= width / 2 ? width / 2 : width;
      assertThat(Kernels.studentLanes(precision, students))
          .as("%d students", students)
          .isEqualTo(students - rest + last);
    }
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> Kernels.create("interleave", Precision.DOUBLE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(Kernels.names().toArray(new String[0]))
        .hasMessageContaining("'interleave'");
  }

  /** What the page of the library says of equal calls. */
  @Test
  void theKernelsThatSumAcrossLanesAreTheOnesWithoutAFixedOrder() {
    assertThat(Kernels.names().stream().filter(name -> !Kernels.isOrderFixed(name)))
        .containsExactly("vector", "single-touch");
    assertThat(Kernels.isOrderFixed(Kernels.STUDENTS)).isTrue();
    assertThatThrownBy(() -> Kernels.isOrderFixed("vectors"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A kernel that no page tells of is found by nobody. */
  @Test
  void thePageOfTheKernelsHasASectionForEachInTheListsOrder() throws IOException {
    String page = Files.readString(Path.of("../docs/kernels.md"));
    assertThat(
            Pattern.compile("^## ([a-z-]+)$", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(heading -> heading.group(1)))
        .isEqualTo(Kernels.names());
  }
}
