package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.run.ProjectFolder;
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
    return ProjectFolder.around(here).resolve("reports").resolve("runs");
  }
}
