package dev.patchgrad.bench.launch;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds a JDK that the forks can run on, where nobody named one: {@code JAVA_HOME}, the JDK that
 * runs the launcher, then those in the usual folders, the newest first. Each is tried before it is
 * taken.
 */
final class JdkFinder {
  /** The release that the suites and the kernels are compiled for. */
  static final int OLDEST = 25;

  private static final Pattern VERSION = Pattern.compile("\"?(\\d+)[\\d.+_-]*.*");

  private final Optional<Path> javaHome;
  private final Path own;
  private final List<Path> folders;
  private final Function<Path, Optional<String>> refusal;

  /**
   * What was found.
   *
   * @param java of the first JDK that the suites can run on
   * @param passedOver JDKs before it that are new enough and cannot run them, each with the reason
   */
  record Found(Path java, List<String> passedOver) {
    /** Copies the list. */
    Found {
      passedOver = List.copyOf(passedOver);
    }
  }

  /**
   * A finder.
   *
   * @param javaHome the environment's JAVA_HOME, if it is set
   * @param own home of the JVM that runs this
   * @param folders that hold JDKs, one folder each
   * @param refusal why a {@code java} cannot be taken; empty where it can
   */
  JdkFinder(
      Optional<Path> javaHome,
      Path own,
      List<Path> folders,
      Function<Path, Optional<String>> refusal) {
    this.refusal = refusal;
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
        folders,
        JavaProbe::refusal);
  }

  /**
   * The first JDK that the suites can run on.
   *
   * @throws UsageException naming every place that was looked at, and why each JDK was passed over,
   *     if there is none
   */
  Found find() throws UsageException {
    Set<Path> candidates = new LinkedHashSet<>();
    javaHome.ifPresent(candidates::add);
    candidates.add(own);
    folders.stream()
        .flatMap(JdkFinder::homes)
        .sorted(
            Comparator.comparingInt((Path home) -> release(home).orElse(0))
                .thenComparing(Comparator.naturalOrder())
                .reversed())
        .forEach(candidates::add);
    List<String> passedOver = new ArrayList<>();
    for (Path home : candidates) {
      if (release(home).orElse(0) < OLDEST) {
        continue;
      }
      Optional<String> reason = refusal.apply(launcher(home));
      if (reason.isEmpty()) {
        return new Found(launcher(home), passedOver);
      }
      passedOver.add(home + " " + reason.get());
    }
    throw new UsageException(nothingFound(passedOver));
  }

  private String nothingFound(List<String> passedOver) {
    StringBuilder text =
        new StringBuilder("JDK: none of release ").append(OLDEST).append(" or newer found; ");
    passedOver.forEach(each -> text.append(each).append("; "));
    text.append("JAVA_HOME is ")
        .append(javaHome.map(home -> home + describe(home)).orElse("not set"))
        .append(", this JVM is ")
        .append(own)
        .append(describe(own))
        .append(", and no folder of ");
    text.append(String.join(", ", folders.stream().map(Path::toString).toList()));
    return text.append(
            " holds one that runs the suites; install one, set JAVA_HOME to its folder, or name its java"
                + " by -Dbench.java=PATH")
        .toString();
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
