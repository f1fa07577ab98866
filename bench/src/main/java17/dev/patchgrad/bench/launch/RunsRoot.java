package dev.patchgrad.bench.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where runs are kept: {@code reports/runs} of the project that the command was given in. */
public final class RunsRoot {
  private RunsRoot() {}

  /**
   * The folder of all runs.
   *
   * @param asked by the user, if at all
   * @param directory that the command was given in
   * @return the one asked for; else {@code reports/runs} of the nearest folder upwards that holds
   *     this project; else of the directory itself
   */
  public static Path of(Optional<String> asked, Path directory) {
    Path here = directory.toAbsolutePath().normalize();
    if (asked.isPresent()) {
      return here.resolve(asked.get()).normalize();
    }
    return project(here).orElse(here).resolve("reports").resolve("runs");
  }

  /**
   * The project's folder.
   *
   * @param directory within it, or not
   * @return the nearest folder upwards with the modules bench and reports
   */
  public static Optional<Path> project(Path directory) {
    for (Path folder = directory.toAbsolutePath().normalize();
        folder != null;
        folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("bench/pom.xml"))
          && Files.isRegularFile(folder.resolve("reports/pom.xml"))) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }
}
