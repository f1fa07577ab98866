package dev.patchgrad.bench.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParameterReaderTest {
  @Test
  void aCountIsRead() throws BadParametersException {
    ParameterReader reader = new ParameterReader(Map.of("p", "8"));
    assertThat(reader.count("p")).isEqualTo(8);
    reader.requireSound();
  }

  /** 8 and 08 would be two cells of one shape, which a record keeps apart. */
  @ParameterizedTest
  @ValueSource(strings = {"08", "+8", "-8", "0", "8.0", "", "x", "2147483648"})
  void anotherWayToWriteACountIsRefused(String text) {
    ParameterReader reader = new ParameterReader(Map.of("p", text));
    assertThat(reader.count("p")).isEqualTo(1);
    assertThatThrownBy(reader::requireSound)
        .isInstanceOf(BadParametersException.class)
        .hasMessageContaining("p: ")
        .hasMessageContaining(text);
  }
}
