package dev.patchgrad.bench.launch;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds a JDK that the forks can run on, where Maven did not name one: {@code JAVA_HOME}, the JDK
 * that runs the launcher, then the newest in the usual folders.
 */
final class JdkFinder {
  /** The release that the suites and the kernels are compiled for. */
  static final int OLDEST = 25;

  private static final Pattern VERSION = Pattern.compile("\"?(\\d+)[\\d.+_-]*.*");

  private final Optional<Path> javaHome;
  private final Path own;
  private final List<Path> folders;

  /**
   * A finder.
   *
   * @param javaHome the environment's JAVA_HOME, if it is set
   * @param own home of the JVM that runs this
   * @param folders that hold JDKs, one folder each
   */
  JdkFinder(Optional<Path> javaHome, Path own, List<Path> folders) {
    this.javaHome = javaHome;
    this.own = own;
    this.folders = List.copyOf(folders);
  }

  /** A finder for this machine. */
  static JdkFinder ofThisMachine(Map<String, String> environment) {
    Path user = Path.of(System.getProperty("user.home"));
    String programs = environment.getOrDefault("ProgramFiles", "C:\\Program Files");
    List<Path> folders = new ArrayList<>();
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      for (String vendor :
          List.of("Java", "Eclipse Adoptium", "Amazon Corretto", "Zulu", "BellSoft")) {
        folders.add(Path.of(programs, vendor));
      }
    } else {
      folders.add(Path.of("/usr/lib/jvm"));
      folders.add(Path.of("/usr/java"));
      folders.add(Path.of("/opt"));
      folders.add(Path.of("/opt/java"));
      folders.add(Path.of("/Library/Java/JavaVirtualMachines"));
    }
    folders.add(user.resolve(".sdkman/candidates/java"));
    folders.add(user.resolve(".jdks"));
    folders.add(user.resolve(".asdf/installs/java"));
    folders.add(user.resolve(".local/share/mise/installs/java"));
    return new JdkFinder(
        Optional.ofNullable(environment.get("JAVA_HOME")).filter(s -> !s.isBlank()).map(Path::of),
        Path.of(System.getProperty("java.home")),
        folders);
  }

  /**
   * The {@code java} of a JDK that is new enough.
   *
   * @throws UsageException naming every place that was looked at, if there is none
   */
  Path find() throws UsageException {
    List<Path> preferred = new ArrayList<>();
    javaHome.ifPresent(preferred::add);
    preferred.add(own);
    for (Path home : preferred) {
      if (release(home).orElse(0) >= OLDEST) {
        return launcher(home);
      }
    }
    return folders.stream()
        .flatMap(JdkFinder::homes)
        .filter(home -> release(home).orElse(0) >= OLDEST)
        .max(
            Comparator.comparingInt((Path home) -> release(home).orElse(0))
                .thenComparing(Comparator.naturalOrder()))
        .map(JdkFinder::launcher)
        .orElseThrow(() -> new UsageException(nothingFound()));
  }

  private String nothingFound() {
    StringBuilder text =
        new StringBuilder("JDK: none of release ").append(OLDEST).append(" or newer found; ");
    text.append("JAVA_HOME is ")
        .append(javaHome.map(home -> home + describe(home)).orElse("not set"))
        .append(", this JVM is ")
        .append(own)
        .append(describe(own))
        .append(", and no folder of ");
    text.append(String.join(", ", folders.stream().map(Path::toString).toList()));
    return text.append(" holds one; install one, or name its java by -Dbench.java=PATH").toString();
  }

  private static String describe(Path home) {
    OptionalInt release = release(home);
    return release.isPresent() ? " (release " + release.getAsInt() + ")" : " (no JDK)";
  }

  /**
   * The release of the JDK in a folder, by the file {@code release} that every JDK has.
   *
   * @param home the JDK's folder
   * @return its feature release; empty where there is no JDK
   */
  static OptionalInt release(Path home) {
    Path file = home.resolve("release");
    if (!Files.isRegularFile(file) || !Files.isRegularFile(launcher(home))) {
      return OptionalInt.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      return OptionalInt.empty();
    }
    Matcher matcher = VERSION.matcher(properties.getProperty("JAVA_VERSION", ""));
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  private static Path launcher(Path home) {
    Path windows = home.resolve("bin/java.exe");
    return Files.isRegularFile(windows) ? windows : home.resolve("bin/java");
  }

  private static Stream<Path> homes(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      // macOS keeps the JDK below Contents/Home of its bundle.
      return children
          .flatMap(child -> Stream.of(child, child.resolve("Contents/Home")))
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.of();
    }
  }
}
