package dev.patchgrad.choice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this library, which the build writes into a resource. */
final class LibraryVersion {
  private static final String RESOURCE = "version.properties";

  private LibraryVersion() {}

  /** Such as {@code 0.1.0}. */
  static String current() {
    try (InputStream stream = LibraryVersion.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(
            RESOURCE + " is not beside " + LibraryVersion.class.getName());
      }
      Properties properties = new Properties();
      properties.load(stream);
      return properties.getProperty("version", Machine.UNKNOWN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
