package dev.patchgrad.reports.run;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of this project that a command was given in: runs and profiles are kept below it. */
public final class ProjectFolder {
  private ProjectFolder() {}

  /**
   * The project's folder around another.
   *
   * @param directory within the project, or not
   * @return the nearest folder upwards with the modules bench and reports; the directory itself
   *     where there is none; absolute
   */
  public static Path around(Path directory) {
    Path here = directory.toAbsolutePath().normalize();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("bench/pom.xml"))
          && Files.isRegularFile(folder.resolve("reports/pom.xml"))) {
        return folder;
      }
    }
    return here;
  }
}
