package dev.patchgrad.kernel;

/** Whether a gate is open, as a number and without a branch: its guess would fail half the time. */
final class Gate {
  private Gate() {}

  /**
   * The sign bit of minus the relu's bits, taken as an integer: set for all but a zero, as a relu
   * is never negative.
   *
   * @param relu at least 0
   * @return 1 if it is positive, else 0
   */
  static int isOpen(double relu) {
    return (int) (-Double.doubleToRawLongBits(relu) >>> 63);
  }

  /** The same in float. */
  static int isOpen(float relu) {
    return -Float.floatToRawIntBits(relu) >>> 31;
  }
}
