package dev.patchgrad.network;

/** The floating-point format of a batch's data, and of the lanes that a kernel computes in. */
public enum Precision {
  /** 32-bit IEEE 754 data and lanes. */
  FLOAT(Float.BYTES),
  /** 64-bit IEEE 754 data and lanes. */
  DOUBLE(Double.BYTES);

  private final int bytes;

  Precision(int bytes) {
    this.bytes = bytes;
  }

  /**
   * The size of one element.
   *
   * @return bytes
   */
  public int bytes() {
    return bytes;
  }

  /**
   * The name as options and reports write it: {@code float} or {@code double}.
   *
   * @return the name in lower case
   */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * The precision with a label.
   *
   * @param label {@code float} or {@code double}
   * @return the precision
   * @throws IllegalArgumentException if there is none of that label; the message lists the known
   */
  public static Precision ofLabel(String label) {
    for (Precision precision : values()) {
      if (precision.label().equals(label)) {
        return precision;
      }
    }
    throw new IllegalArgumentException(
        "precision: '" + label + "' is unknown; expected float or double");
  }
}
