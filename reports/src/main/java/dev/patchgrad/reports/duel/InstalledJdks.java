package dev.patchgrad.reports.duel;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The JDKs that this machine has in the usual folders, by what they say of themselves. */
public final class InstalledJdks {
  /** What the kernels need: an older JDK cannot run them. */
  private static final int OLDEST = 25;

  private InstalledJdks() {}

  /**
   * Those of the usual folders.
   *
   * @return the java commands by the JDKs' names, such as {@code JDK 25.0.3}, the oldest first
   */
  public static Map<String, Path> ofThisMachine() {
    Path user = Path.of(System.getProperty("user.home"));
    return in(
        List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/usr/java"),
            Path.of("/opt"),
            Path.of("/opt/java"),
            Path.of("/Library/Java/JavaVirtualMachines"),
            user.resolve(".sdkman/candidates/java"),
            user.resolve(".jdks"),
            user.resolve(".asdf/installs/java"),
            user.resolve(".local/share/mise/installs/java")));
  }

  /** Those of some folders: of several with one version the first counts. */
  static Map<String, Path> in(List<Path> folders) {
    Map<String, Path> found = new TreeMap<>(Comparator.comparing(InstalledJdks::sortable));
    for (Path folder : folders) {
      for (Path home : children(folder)) {
        for (Path each : List.of(home, home.resolve("Contents/Home"))) {
          version(each)
              .filter(version -> release(version) >= OLDEST)
              .ifPresent(version -> found.putIfAbsent("JDK " + version, java(each)));
        }
      }
    }
    return found;
  }

  /**
   * What a JDK is called, by its java command.
   *
   * @param java the path of the command
   * @return such as {@code JDK 25.0.3}; the path where its home does not say
   */
  public static String nameOf(Path java) {
    Path home = java.toAbsolutePath().normalize().resolve("../..").normalize();
    return version(home).map(version -> "JDK " + version).orElse(java.toString());
  }

  private static Path java(Path home) {
    Path windows = home.resolve("bin/java.exe");
    return Files.exists(windows) ? windows : home.resolve("bin/java");
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      List<Path> sorted = new ArrayList<>(children.toList());
      sorted.sort(Comparator.naturalOrder());
      return sorted;
    } catch (IOException | SecurityException e) {
      return List.of(); // a usual folder that this machine does not have
    }
  }

  private static Optional<String> version(Path home) {
    Path file = home.resolve("release");
    if (!Files.isExecutable(java(home))) {
      return Optional.empty();
    }
    Properties release = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      release.load(text);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.ofNullable(release.getProperty("JAVA_VERSION"))
        .map(version -> version.replace("\"", "").trim())
        .filter(version -> version.matches("\\d{1,4}([.+_-].*)?"));
  }

  private static int release(String version) {
    return Integer.parseInt(version.replaceFirst("\\D.*", ""));
  }

  /** So that 9 comes before 25, and 25.0.3 before 25.0.10. */
  private static String sortable(String name) {
    StringBuilder text = new StringBuilder();
    for (String part : name.split("\\D+")) {
      text.append(String.format("%8s.", part));
    }
    return text + name;
  }
}
