package dev.patchgrad.bench.roof;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.HotSpotFlag;
import dev.patchgrad.bench.problem.NotOnThisMachineException;
import dev.patchgrad.bench.problem.ParameterReader;
import dev.patchgrad.network.Precision;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * One loop of fused multiply-adds.
 *
 * @param precision of the operands
 * @param bits of a vector; 0 for one lane at a time
 */
public record FmaRoof(Precision precision, int bits) {
  /** Turns of the loop in an operation: some 6000 cycles, in which the call itself is lost. */
  public static final int ROUNDS = 1024;

  private static final List<String> WIDTHS = List.of("128", "256", "512");

  /**
   * Reads and checks a cell's parameters.
   *
   * @param params precision, bits
   * @return the loop
   * @throws BadParametersException with a line for each bad parameter
   */
  public static FmaRoof check(Map<String, String> params) throws BadParametersException {
    return check(params, HotSpotFlag.value("UseFMA"));
  }

  /** With the value of the JVM's flag. */
  static FmaRoof check(Map<String, String> params, String useFma) throws BadParametersException {
    ParameterReader reader = new ParameterReader(params);
    Precision precision = reader.precision();
    int bits =
        reader.check(
            () -> {
              int read = bits(reader.text("bits"), precision);
              requireFma(useFma);
              return read;
            },
            0);
    reader.requireSound();
    return new FmaRoof(precision, bits);
  }

  /** Without the instruction Java computes each operation in software: no limit of a machine. */
  private static void requireFma(String useFma) {
    if (useFma.equals("false")) {
      throw new NotOnThisMachineException(
          "bits: this JVM has no fused multiply-add (UseFMA is false); expected one that has");
    }
  }

  /**
   * The widest vectors that this JVM prefers.
   *
   * @param precision of their elements
   * @return bits of a vector
   */
  public static int widest(Precision precision) {
    return switch (precision) {
      case DOUBLE -> DoubleVector.SPECIES_PREFERRED.vectorBitSize();
      case FLOAT -> FloatVector.SPECIES_PREFERRED.vectorBitSize();
    };
  }

  private static int bits(String text, Precision precision) {
    if (text.equals("scalar")) {
      return 0;
    }
    int widest = widest(precision);
    if (text.equals("widest")) {
      return Math.min(widest, 512);
    }
    if (!WIDTHS.contains(text)) {
      throw new IllegalArgumentException(
          "bits: '" + text + "' given; expected scalar, 128, 256, 512 or widest");
    }
    int bits = Integer.parseInt(text);
    if (bits > widest) {
      throw new NotOnThisMachineException(
          "bits: " + bits + " given; expected at most " + widest + ", this JVM's widest vectors");
    }
    return bits;
  }

  /**
   * Numbers in a vector.
   *
   * @return at least 1
   */
  public int lanes() {
    return Math.max(1, bits / (8 * precision.bytes()));
  }

  /**
   * Multiplications and additions of one operation.
   *
   * @return their number
   */
  public double flops() {
    return 2.0 * ROUNDS * DoubleFmaLoops.SUMS * lanes();
  }
}
