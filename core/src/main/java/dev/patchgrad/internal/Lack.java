package dev.patchgrad.internal;

/**
 * Something that this JVM was started without, though a kernel needs it.
 *
 * @param reason what is missing, as a clause: {@code this JVM was started without ...}
 * @param remedy what brings it, as an order: {@code add ...}
 */
public record Lack(String reason, String remedy) {
  /**
   * The refusal of what needs it.
   *
   * @param wanted what was asked for, which the message begins with
   * @return to be thrown
   */
  public UnsupportedOperationException refusal(String wanted) {
    return new UnsupportedOperationException(wanted + ", but " + reason + "; " + remedy);
  }
}
