package dev.patchgrad.reports.environment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Names of microarchitectures that OSHI's table lacks or has otherwise. */
final class Microarchitectures {
  private Microarchitectures() {}

  /**
   * The name by vendor, family and model.
   *
   * @param vendor as the processor names itself
   * @param family decimal
   * @param model decimal
   * @param otherwise what to answer when this table has no entry
   * @return the name
   */
  static String name(String vendor, String family, String model, String otherwise) {
    Properties table = new Properties();
    try (InputStream resource =
        Microarchitectures.class.getResourceAsStream("microarchitectures.properties")) {
      if (resource == null) {
        throw new IllegalStateException("microarchitectures.properties is not on the class path");
      }
      table.load(resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table.getProperty(vendor + "." + family + "." + model, otherwise);
  }
}
