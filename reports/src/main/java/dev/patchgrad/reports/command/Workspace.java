package dev.patchgrad.reports.command;

import dev.patchgrad.reports.profile.Profile;
import dev.patchgrad.reports.run.ProjectFolder;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where runs and recorded profiles are, and which of them a word of the user's means. */
final class Workspace {
  @Option(
      names = "--runs",
      paramLabel = "FOLDER",
      description =
          "Folder of all runs; by default reports/runs of the project that holds this folder.")
  private Optional<Path> runs = Optional.empty();

  @Option(
      names = "--profiles",
      paramLabel = "FOLDER",
      description =
          "Folder of recorded profiles; by default reports/profiles of the project that holds this"
              + " folder.")
  private Optional<Path> profiles = Optional.empty();

  /** The folder of all runs; it need not exist. */
  Path runs() {
    return runs.orElseGet(() -> project().resolve("reports").resolve("runs"));
  }

  /** The folder of recorded profiles; it need not exist. */
  Path profiles() {
    return profiles.orElseGet(() -> project().resolve("reports").resolve("profiles"));
  }

  /** The nearest folder upwards that holds this project; else the one that the command is in. */
  static Path project() {
    Path here = Path.of("").toAbsolutePath();
    return here.relativize(ProjectFolder.around(here));
  }

  /**
   * The folder that a word means: {@code latest}; a folder; a profile's id, or its machine alone; a
   * run's id, or its time alone; or the beginning of any of these ids that no other begins with.
   *
   * @param word of the user's
   * @return the folder of a run
   * @throws UnknownRunException if it means none, or several
   */
  Path find(String word) {
    if (word.equals(RunFolder.LATEST)) {
      return RunFolder.latest(runs());
    }
    if (word.isBlank()) {
      throw UnknownRunException.none(word, known());
    }
    Path folder = folder(word);
    if (holdsARun(folder)) {
      return folder;
    }
    // A run by the file of its results.
    if (folder.endsWith(RunFolder.RESULTS) && holdsARun(folder.resolveSibling(""))) {
      return folder.resolveSibling("");
    }
    List<Path> ofProfiles = folders(profiles());
    List<Path> ofRuns = folders(runs());
    List<Supplier<List<Path>>> meanings =
        List.of(
            () -> matches(profiles(), ofProfiles, id -> id.equals(word)),
            () -> matches(profiles(), ofProfiles, id -> id.startsWith(word + "/")),
            () -> matches(runs(), ofRuns, id -> id.equals(word) || time(id).equals(word)),
            () -> matches(profiles(), ofProfiles, id -> id.startsWith(word)),
            () -> matches(runs(), ofRuns, id -> id.startsWith(word) || time(id).startsWith(word)));
    for (Supplier<List<Path>> meaning : meanings) {
      List<Path> found = meaning.get();
      if (found.size() > 1) {
        throw UnknownRunException.several(word, words(found));
      }
      if (found.size() == 1) {
        return found.get(0);
      }
    }
    throw UnknownRunException.none(word, known());
  }

  private Path folder(String word) {
    try {
      return Path.of(word);
    } catch (InvalidPathException e) {
      throw UnknownRunException.none(word, known());
    }
  }

  private static List<Path> matches(Path root, List<Path> folders, Predicate<String> isMeant) {
    return folders.stream().filter(folder -> isMeant.test(id(root, folder))).toList();
  }

  /** The last part of a run's id. */
  private static String time(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  /**
   * The run that a word means, or the results that another program kept: a file of JMH's, or a
   * folder that holds one alone.
   *
   * @param word of the user's
   * @throws UnknownRunException if it means none, or several
   * @throws dev.patchgrad.reports.json.BadRecordException if it is refused
   */
  Run readAny(String word) {
    Optional<Path> file = foreign(word);
    return file.isPresent() ? Run.readForeign(file.get()) : read(word);
  }

  /** JMH's file that a word means, with no record of this project beside it. */
  private Optional<Path> foreign(String word) {
    if (word.isBlank() || word.equals(RunFolder.LATEST)) {
      return Optional.empty();
    }
    Path given = folder(word);
    Path file = Files.isDirectory(given) ? given.resolve(RunFolder.RESULTS) : given;
    return Files.isRegularFile(file) && !holdsARun(file.resolveSibling(""))
        ? Optional.of(file)
        : Optional.empty();
  }

  /**
   * The run that a word means. A profile must also fulfil what is required of profiles.
   *
   * @param word of the user's
   * @throws UnknownRunException if it means none, or several
   * @throws dev.patchgrad.reports.json.BadRecordException if it is refused
   */
  Run read(String word) {
    Path folder = find(word);
    Path root = profiles().toAbsolutePath().normalize();
    return folder.toAbsolutePath().normalize().startsWith(root)
        ? Profile.read(profiles(), folder).run()
        : Run.read(folder);
  }

  /** All runs, the earliest first within a machine. */
  List<Path> allRuns() {
    return folders(runs());
  }

  /** The id of a run within a folder of runs. */
  static String id(Path root, Path run) {
    return root.relativize(run).toString().replace('\\', '/');
  }

  /** The words that mean a run. */
  List<String> known() {
    List<String> words = new ArrayList<>();
    if (Files.exists(runs().resolve(RunFolder.LATEST))) {
      words.add(RunFolder.LATEST);
    }
    folders(profiles()).forEach(profile -> words.add(id(profiles(), profile)));
    folders(runs()).forEach(run -> words.add(id(runs(), run)));
    return words;
  }

  private List<String> words(List<Path> found) {
    return found.stream()
        .map(folder -> id(folder.startsWith(profiles()) ? profiles() : runs(), folder))
        .toList();
  }

  private static boolean holdsARun(Path folder) {
    return Files.isRegularFile(folder.resolve(RunFolder.ENVIRONMENT));
  }

  /** {@code <root>/<machine>/<name>} and {@code <root>/<machine>}, where they hold a run. */
  private static List<Path> folders(Path root) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    // Not through links: latest is one, and names a run a second time.
    try (Stream<Path> all = Files.find(root, 2, (path, facts) -> facts.isDirectory())) {
      return List.copyOf(new TreeSet<>(all.filter(Workspace::holdsARun).toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
