package dev.patchgrad.reports.profile;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.RunFolder;
import dev.patchgrad.reports.run.WholeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder of all profiles: {@code <root>/<machine>/jdk-<release>/}. */
public final class Profiles {
  private Profiles() {}

  /**
   * Reads all profiles.
   *
   * @param root folder of all profiles; it need not exist
   * @return in order of their ids; empty if there is none
   * @throws BadRecordException if one is bad: then none is given
   */
  public static List<Profile> all(Path root) {
    List<Profile> profiles = new ArrayList<>();
    for (Path machine : folders(root)) {
      for (Path folder : folders(machine)) {
        profiles.add(Profile.read(root, folder));
      }
    }
    return List.copyOf(profiles);
  }

  private static List<Path> folders(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(parent)) {
      // A hidden folder is being written.
      return all.filter(Files::isDirectory)
          .filter(folder -> !folder.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Records a run as a profile, without what is private to who measured it.
   *
   * @param folder of the run
   * @param root folder of all profiles; made where it is missing
   * @param replace whether an earlier profile of the same machine and JDK may be replaced
   * @return the profile
   * @throws BadRecordException if others cannot rely on the run; then nothing is written
   * @throws FileAlreadyExistsException if there is an earlier one that may not be replaced
   * @throws IOException if a file cannot be written; then the profiles are as they were
   */
  public static Profile record(Path folder, Path root, boolean replace) throws IOException {
    Requirements.require(Run.read(folder));
    List<String> texts = new ArrayList<>();
    for (String file : Profile.FILES) {
      Path origin = folder.resolve(file);
      String text = Redaction.redact(Json.text(origin), origin);
      Redaction.requirePublic(text, origin);
      texts.add(text);
    }
    Path origin = folder.resolve(RunFolder.ENVIRONMENT);
    String id = Profile.idOf(Environment.fromJson(texts.get(0), origin));
    Path target = root.resolve(id);
    if (Files.exists(target) && !replace) {
      throw new FileAlreadyExistsException(target.toString());
    }
    boolean firstOfMachine = !Files.exists(target.getParent());
    Path fresh = target.resolveSibling("." + target.getFileName() + ".new");
    Path former = target.resolveSibling("." + target.getFileName() + ".old");
    try {
      RunFolder.delete(fresh);
      Files.createDirectories(fresh);
      Map<Path, String> files = new LinkedHashMap<>();
      for (int i = 0; i < texts.size(); i++) {
        files.put(fresh.resolve(Profile.FILES.get(i)), texts.get(i));
      }
      WholeFiles.writeAll(files);
      if (Files.exists(target)) {
        RunFolder.delete(former);
        Files.move(target, former);
      }
      Files.move(fresh, target);
    } catch (IOException e) {
      takeBack(target, fresh, former, firstOfMachine, e);
      throw e;
    }
    RunFolder.delete(former);
    return Profile.read(root, target);
  }

  /** Leaves the profiles as they were before a record that failed. */
  private static void takeBack(
      Path target, Path fresh, Path former, boolean firstOfMachine, IOException cause) {
    try {
      if (Files.exists(former) && !Files.exists(target)) {
        Files.move(former, target);
      }
      RunFolder.delete(fresh);
      if (firstOfMachine) {
        Files.deleteIfExists(target.getParent());
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
