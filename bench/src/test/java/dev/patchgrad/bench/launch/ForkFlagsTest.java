package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The flags of the JVMs that measure. */
class ForkFlagsTest {
  @Test
  void theUsersFlagsAreAddedAndReplaceNone() {
    assertThat(ForkFlags.prepended(Map.of("L2", 1024L), List.of("-Xmx1g")))
        .containsExactly(
            ForkFlags.VECTOR_MODULE,
            ForkFlags.UNSAFE,
            ForkFlags.NATIVE,
            "-Dpatchgrad.cache.L2=1024",
            "-Xmx1g");
  }
}
