package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.environment.SourceState;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A step of the build, on the JDK that compiles the suites. It notes which JDK that is, for the
 * launcher that Maven starts, and puts the state of the source beside the classes that were
 * compiled from it.
 */
public final class BuildMain {
  private BuildMain() {}

  /**
   * Writes both.
   *
   * @param arguments the project's folder, its version, the folder of classes, Maven's file for the
   *     launcher
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    write(SourceState.of(Path.of(arguments[0])), arguments[1], Path.of(arguments[2]));
    Path forLauncher = Path.of(arguments[3]);
    Properties properties = new Properties();
    if (Files.exists(forLauncher)) {
      try (InputStream stream = Files.newInputStream(forLauncher)) {
        properties.load(stream);
      }
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String suffix = File.separatorChar == '\\' ? ".exe" : "";
    properties.setProperty(MavenFile.JDK, java + suffix);
    try (OutputStream stream = Files.newOutputStream(forLauncher)) {
      properties.store(stream, null);
    }
  }

  /** Writes the file that {@link BuildFacts} reads. */
  static void write(SourceState state, String version, Path classes) throws IOException {
    Properties properties = new Properties();
    properties.setProperty(BuildFacts.VERSION, version);
    properties.setProperty(BuildFacts.COMMIT, state.revision().commit());
    properties.setProperty(BuildFacts.DIRTY, Boolean.toString(state.revision().dirty()));
    properties.setProperty(BuildFacts.REASON, state.reason());
    Path file = classes.resolve(BuildFacts.FILE);
    Files.createDirectories(file.getParent());
    try (OutputStream stream = Files.newOutputStream(file)) {
      properties.store(stream, null);
    }
  }
}
