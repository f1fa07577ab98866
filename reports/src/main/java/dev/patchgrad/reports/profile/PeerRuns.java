package dev.patchgrad.reports.profile;

import dev.patchgrad.reports.grid.PeerComparison;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.RunFolder;
import dev.patchgrad.reports.run.WholeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Recorded runs of the suites of peers: one for each machine and JDK, in {@code
 * <root>/<machine>/jdk-<release>/}. They have not the default grid, so they are no profiles.
 */
public final class PeerRuns {
  private PeerRuns() {}

  /**
   * Reads all.
   *
   * @param root their folder; it need not exist
   * @return in order of their ids; empty if there is none
   * @throws BadRecordException if one is bad: then none is given
   */
  public static List<Run> all(Path root) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root, 3)) {
      return all.filter(file -> file.endsWith(RunFolder.RESULTS))
          .map(Path::getParent)
          .sorted()
          .map(folder -> require(Run.read(folder)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Records a run, without what is private to who measured it, in place of an earlier one of its
   * machine and JDK.
   *
   * @param folder of the run
   * @param root the folder of all
   * @return the recorded run's folder
   * @throws BadRecordException if the run has no cell with a peer and a kernel; then nothing is
   *     written
   * @throws IOException if a file cannot be written
   */
  public static Path record(Path folder, Path root) throws IOException {
    Run run = require(Run.read(folder));
    Path target = root.resolve(Profile.idOf(run.environment()));
    Map<Path, String> files = new LinkedHashMap<>();
    for (String file : Profile.FILES) {
      Path origin = folder.resolve(file);
      String text = Redaction.redact(Json.text(origin), origin);
      Redaction.requirePublic(text, origin);
      files.put(target.resolve(file), text);
    }
    Files.createDirectories(target);
    WholeFiles.writeAll(files);
    return target;
  }

  private static Run require(Run run) {
    if (PeerComparison.of(run).cells().isEmpty()) {
      throw new BadRecordException(
          run.folder(),
          "",
          "has no cell with a peer and a kernel; expected a run of PeerBenchmark");
    }
    return run;
  }
}
