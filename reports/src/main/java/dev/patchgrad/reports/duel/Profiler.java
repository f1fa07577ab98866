package dev.patchgrad.reports.duel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** The profiler that makes a fork take turns, as a small jar that joins a class path. */
final class Profiler {
  /** Its class, which is compiled for Java 8. */
  static final String CLASS = "dev.patchgrad.turns.TakeTurns";

  /** Names the coordinator's port to the profiler. */
  static final String PORT = "PATCHGRAD_TURNS_PORT";

  /** Names its side to the profiler. */
  static final String SIDE = "PATCHGRAD_TURNS_SIDE";

  private Profiler() {}

  /**
   * Writes the jar.
   *
   * @param folder where it is to lie
   * @return the jar
   * @throws IOException if it cannot be written
   */
  static Path write(Path folder) throws IOException {
    Path jar = folder.resolve("patchgrad-turns.jar");
    String name = CLASS.replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        InputStream in = Profiler.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IOException(name + ": missing from this program's own jar");
      }
      out.putNextEntry(new JarEntry(name));
      in.transferTo(out);
      out.closeEntry();
    }
    return jar;
  }
}
