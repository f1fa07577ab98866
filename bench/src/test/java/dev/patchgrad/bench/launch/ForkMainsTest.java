package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs that the launcher starts by name, since it can load none of them. */
class ForkMainsTest {
  static List<String> mains() {
    return List.of(PreflightProcess.MAIN, OwnData.MAIN, KernelList.MAIN, RegretRun.MAIN);
  }

  @ParameterizedTest
  @MethodSource("mains")
  void aProgramOfThisNameIsThere(String name) throws ReflectiveOperationException {
    assertThat(Class.forName(name).getMethod("main", String[].class).getReturnType())
        .isEqualTo(void.class);
  }
}
