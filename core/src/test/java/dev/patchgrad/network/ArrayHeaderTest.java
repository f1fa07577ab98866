package dev.patchgrad.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToLongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds that the header of an array is found from what a JVM counts. */
class ArrayHeaderTest {
  private static IntToLongFunction jvm(int header, int elementBytes, int alignment) {
    return length -> Math.ceilDiv(header + (long) length * elementBytes, alignment) * alignment;
  }

  @ParameterizedTest
  @CsvSource({
    "8, 4, 8",
    "12, 4, 8",
    "16, 8, 16",
    "20, 4, 8",
    "24, 8, 256",
    "12, 4, 256",
    "32, 8, 8"
  })
  void aHeaderIsFoundWhateverTheAlignmentOfObjects(int header, int elementBytes, int alignment) {
    assertThat(ArrayHeader.of(elementBytes, jvm(header, elementBytes, alignment)))
        .isEqualTo(header);
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "36, 4", "40, 8", "12, 8", "0, 8", "-1000, 4"})
  void whatNoHeaderHasIsTakenForAUsualOne(int header, int elementBytes) {
    // No rounding: the difference to the elements is the header at every length.
    assertThat(ArrayHeader.of(elementBytes, jvm(header, elementBytes, 1))).isEqualTo(16);
  }
}
