package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.environment.Revision;
import dev.patchgrad.reports.environment.SourceState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What the build says of itself, beside the classes or in the jar: the source that they were
 * compiled from is not the one that lies around when they run.
 *
 * @param version of the project
 * @param source that was compiled
 */
record BuildFacts(String version, SourceState source) {
  /** Among the classes. */
  static final String FILE = "dev/patchgrad/bench/launch/build.properties";

  static final String VERSION = "version";
  static final String COMMIT = "commit";
  static final String DIRTY = "dirty";
  static final String REASON = "reason";

  /** The facts of the build that this class comes from. */
  static BuildFacts ofThisBuild() {
    return of(BuildFacts.class.getClassLoader());
  }

  /** The facts that a loader finds beside its classes. */
  static BuildFacts of(ClassLoader loader) {
    Properties properties = new Properties();
    try (InputStream stream = loader.getResourceAsStream(FILE)) {
      if (stream == null) {
        return new BuildFacts(
            "unknown", SourceState.unknown("these classes were not compiled by the build"));
      }
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BuildFacts(
        properties.getProperty(VERSION, "unknown"),
        new SourceState(
            new Revision(
                properties.getProperty(COMMIT, Revision.UNKNOWN.commit()),
                Boolean.parseBoolean(properties.getProperty(DIRTY))),
            properties.getProperty(REASON, "")));
  }

  /** For {@code --version}. */
  String inWords() {
    return "patchgrad " + version + ", commit " + source.revision().inShort();
  }
}
