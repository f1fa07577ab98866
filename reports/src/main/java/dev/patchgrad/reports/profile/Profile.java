package dev.patchgrad.reports.profile;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.RunFolder;
import java.nio.file.Path;
import java.util.List;

/**
 * A run that others may rely on: complete, checked, traceable to a commit, and without anything
 * private to who measured it.
 *
 * @param id {@code <machine>/jdk-<release>}, also the folder's place among the profiles
 * @param run the whole record
 */
public record Profile(String id, Run run) {
  /** The two files of a profile. */
  static final List<String> FILES = List.of(RunFolder.ENVIRONMENT, RunFolder.RESULTS);

  /**
   * Reads a profile, whole or not at all.
   *
   * @param root folder of all profiles
   * @param folder of one, within it
   * @return the profile
   * @throws BadRecordException naming file, key and reason
   */
  public static Profile read(Path root, Path folder) {
    Run run = Run.read(folder);
    Requirements.require(run);
    for (String file : FILES) {
      Redaction.requirePublic(Json.text(folder.resolve(file)), folder.resolve(file));
    }
    String place =
        root.toAbsolutePath()
            .normalize()
            .relativize(folder.toAbsolutePath().normalize())
            .toString()
            .replace('\\', '/');
    String id = idOf(run.environment());
    if (!place.equals(id)) {
      throw new BadRecordException(
          folder.resolve(RunFolder.ENVIRONMENT),
          "hardware",
          "is that of " + id + ", and the folder is " + place);
    }
    return new Profile(id, run);
  }

  /**
   * A run's id as a profile. A machine has one profile for each release of the JDK, since its
   * compiler affects the result.
   *
   * @param environment of the run
   * @return such as {@code amd-zen-3-2c-avx2/jdk-25}
   */
  public static String idOf(Environment environment) {
    String release = environment.jvm().version().replaceFirst("^(\\d+).*$", "$1");
    return environment.machine() + "/jdk-" + release.replaceAll("[^A-Za-z0-9.]+", "-");
  }
}
