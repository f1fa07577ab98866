package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.run.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The user's own batch, which the gradient suite measures in place of a generated one.
 *
 * @param identity the file's name and the beginning of a digest of patches and labels: what rows
 *     are recorded under, and what a comparison holds against another run's
 * @param precision of the file's elements, float or double
 * @param n samples
 * @param k patches of a sample
 * @param p dimension of a patch
 * @param bytes of the patches in the file
 * @param openGates share of the gates that the suite's student opens
 */
public record OwnData(
    String identity, String precision, int n, int k, int p, long bytes, double openGates) {

  static final String MAIN = "dev.patchgrad.bench.fork.OwnDataMain";

  /** What the file says: a value of these asked for beside it could only contradict it. */
  static final List<String> SAID_BY_THE_FILE = List.of("p", "k", "level");

  /**
   * The file that the command line asks for.
   *
   * @return an absolute path; empty where the batch is to be generated
   * @throws UsageException if there are several, or p, k or level are asked for as well
   */
  static Optional<Path> file(LaunchOptions options) throws UsageException {
    String asked = options.values(Result.DATA).orElse(List.of(Result.GENERATED)).get(0);
    if (asked.equals(Result.GENERATED)) {
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>();
    Path file = UserPath.of(Result.DATA, asked, options.directory());
    if (asked.contains(",") && !Files.exists(file)) {
      lines.add(
          "data: "
              + asked.replace(",", ", ")
              + " given; expected one file, since its p and k are those of the run");
    }
    for (String name : SAID_BY_THE_FILE) {
      Optional<List<String>> values = options.values(name);
      if (values.isPresent()) {
        lines.add(
            name
                + ": "
                + String.join(", ", values.get())
                + " given beside data; expected none, since the file says it");
      }
    }
    if (!lines.isEmpty()) {
      throw new UsageException(lines);
    }
    return Optional.of(file);
  }

  /**
   * Has the forks' JVM read and check the file.
   *
   * @param process of that JVM
   * @param file to read
   * @param options of the command line, which may ask for another precision than the file's
   * @return what the file holds
   * @throws UsageException if the file cannot be measured
   * @throws java.io.IOException if the check itself fails
   * @throws InterruptedException if this thread is interrupted
   */
  static OwnData read(PreflightProcess process, Path file, LaunchOptions options)
      throws UsageException, java.io.IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(file.toString()));
    arguments.addAll(options.values("precision").orElse(List.of()));
    return Json.read(process.ask(MAIN, arguments, ""), Path.of(MAIN), OwnData.class);
  }

  /**
   * The one value of each parameter that follows from the file.
   *
   * @return values by the parameter's name; the level is the file's size, so that the roof of
   *     reading is measured there as well
   */
  public Map<String, List<String>> params() {
    return new TreeMap<>(
        Map.of(
            Result.DATA,
            List.of(identity),
            "precision",
            List.of(precision),
            "p",
            List.of(Integer.toString(p)),
            "k",
            List.of(Integer.toString(k)),
            "level",
            List.of(bytes + "B")));
  }

  /** In words, on one line. */
  String inWords() {
    return String.format(
        Locale.ROOT,
        "# data: %s, n = %d, k = %d, p = %d, %s, %.0f %% of the gates open",
        identity,
        n,
        k,
        p,
        precision,
        100 * openGates);
  }
}
