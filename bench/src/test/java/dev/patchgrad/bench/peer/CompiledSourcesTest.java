package dev.patchgrad.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.bench.problem.NotOnThisMachineException;
import dev.patchgrad.network.Precision;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The C sources, where there is a compiler and where there is none. */
class CompiledSourcesTest {
  @TempDir Path parent;

  @Test
  void aSystemWithoutACompilerIsNamedAsTheReasonAndNothingIsLeftBehind() {
    CompiledSources none = CompiledSources.load("no-such-compiler", Precision.DOUBLE, parent);
    assertThatThrownBy(none::require)
        .isInstanceOf(NotOnThisMachineException.class)
        .hasMessage(
            "kernel: C given; expected a system with a C compiler: no-such-compiler cannot be run");
    assertThat(parent).isEmptyDirectory();
  }

  /** false is a command that takes any arguments, says nothing and gives 1. */
  @Test
  void aCompilerThatFailsIsNamedAsTheReason() {
    CompiledSources none = CompiledSources.load("false", Precision.FLOAT, parent);
    assertThatThrownBy(none::require)
        .isInstanceOf(NotOnThisMachineException.class)
        .hasMessageContaining("false gave exit code 1");
  }
}
