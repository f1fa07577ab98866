package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

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
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> Kernels.create("interleave", Precision.DOUBLE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(Kernels.names().toArray(new String[0]))
        .hasMessageContaining("'interleave'");
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
