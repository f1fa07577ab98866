package dev.patchgrad.reports.environment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Reads the property files that this package brings along. */
final class PropertiesResource {
  private PropertiesResource() {}

  /**
   * A table.
   *
   * @param name of the file
   * @return its entries
   * @throws IllegalStateException if the file is not beside this class
   */
  static Properties read(String name) {
    Properties table = new Properties();
    try (InputStream stream = PropertiesResource.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      table.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table;
  }
}
