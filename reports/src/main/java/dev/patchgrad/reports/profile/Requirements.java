package dev.patchgrad.reports.profile;

import dev.patchgrad.reports.environment.Agreement;
import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Revision;
import dev.patchgrad.reports.grid.DefaultGrid;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.RunFolder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a run must fulfil to be a profile. A refusal names file, key and reason. */
final class Requirements {
  /** With two forks the interval of a ratio has one or two degrees of freedom: far too wide. */
  static final int FORKS = 3;

  private Requirements() {}

  /**
   * Refuses a run that cannot be a profile.
   *
   * @throws BadRecordException for the first requirement that it does not fulfil
   */
  static void require(Run run) {
    environment(run.environment(), run.folder().resolve(RunFolder.ENVIRONMENT));
    if (run.isPartial()) {
      throw new BadRecordException(run.folder(), "", "the run broke off; expected a whole one");
    }
    Path results = run.folder().resolve(RunFolder.RESULTS);
    for (int i = 0; i < run.results().size(); i++) {
      result(run, run.results().get(i), results, "[" + i + "]");
    }
    grid(run, results);
  }

  private static void environment(Environment environment, Path file) {
    if (environment.suites() > Environment.SUITES || environment.suites() < 1) {
      throw new BadRecordException(
          file,
          "suites",
          "version "
              + environment.suites()
              + " found; this version of patchgrad knows those up to "
              + Environment.SUITES);
    }
    if (environment.agreement() != Agreement.PASSED) {
      throw new BadRecordException(
          file,
          "agreement",
          environment.agreement()
              + " found; expected PASSED: every fork compared its kernel with the scalar one");
    }
    if (environment.quick()) {
      throw new BadRecordException(
          file, "quick", "is true; expected a run of the whole grid, without -Dbench.quick");
    }
    for (int i = 0; i < environment.command().size(); i++) {
      if (environment.command().get(i).startsWith("-opi")) {
        throw new BadRecordException(
            file,
            "command[" + i + "]",
            environment.command().get(i)
                + " found, which multiplies every rate; expected a run without it");
      }
    }
    Revision source = environment.source();
    if (source.commit().equals(Revision.UNKNOWN.commit())) {
      throw new BadRecordException(
          file, "source.commit", "is unknown; expected the commit that was measured");
    }
    if (source.dirty()) {
      throw new BadRecordException(
          file,
          "source.dirty",
          "the source differed from commit "
              + source.commit()
              + "; expected a commit that others can check out: commit, then measure again");
    }
  }

  private static void result(Run run, Result result, Path file, String at) {
    if (!result.benchmark().equals(SuiteNames.GRADIENT)) {
      return;
    }
    if (!result.mode().equals("thrpt")) {
      throw new BadRecordException(file, at + ".mode", result.mode() + " found; expected thrpt");
    }
    int forks = result.primary().forks().size();
    if (forks < FORKS) {
      throw new BadRecordException(
          file, at + ".primaryMetric.rawData", forks + " forks found; expected at least " + FORKS);
    }
    if (forks != result.settings().forks()) {
      throw new BadRecordException(
          file,
          at + ".primaryMetric.rawData",
          forks + " forks found; expected " + result.settings().forks() + ", as requested");
    }
    for (int fork = 0; fork < forks; fork++) {
      int iterations = result.primary().forks().get(fork).size();
      if (iterations != result.settings().measurementIterations()) {
        throw new BadRecordException(
            file,
            at + ".primaryMetric.rawData[" + fork + "]",
            iterations
                + " iterations found; expected "
                + result.settings().measurementIterations()
                + ", as requested");
      }
    }
    if (run.workOf(result).isEmpty()) {
      throw new BadRecordException(
          run.folder().resolve(RunFolder.ENVIRONMENT),
          "work",
          "nothing for " + result.label() + "; expected samples, flops and bytes of an operation");
    }
  }

  /** Requires the whole default grid of each kernel that the run has. It may have more. */
  private static void grid(Run run, Path file) {
    Set<Map<String, String>> found = new HashSet<>();
    Set<String> kernels = new TreeSet<>();
    for (Result result : run.results()) {
      if (result.benchmark().equals(SuiteNames.GRADIENT) && result.threads() == 1) {
        Map<String, String> own = new TreeMap<>(result.params());
        own.keySet()
            .retainAll(
                List.of(
                    SuiteNames.KERNEL,
                    SuiteNames.PRECISION,
                    SuiteNames.PATCH_DIMENSION,
                    SuiteNames.PATCHES,
                    SuiteNames.LEVEL));
        found.add(own);
        kernels.add(result.params().getOrDefault(SuiteNames.KERNEL, ""));
      }
    }
    if (!kernels.contains(SuiteNames.SCALAR)) {
      throw new BadRecordException(
          file,
          "params." + SuiteNames.KERNEL,
          String.join(", ", kernels)
              + " found; expected scalar among them, the one to compare with");
    }
    for (String precision : DefaultGrid.PRECISIONS) {
      for (int p : DefaultGrid.PATCH_DIMENSIONS) {
        for (int k : DefaultGrid.PATCHES) {
          for (String kernel : kernels) {
            Map<String, String> cell =
                Map.of(
                    SuiteNames.PRECISION,
                    precision,
                    SuiteNames.PATCH_DIMENSION,
                    Integer.toString(p),
                    SuiteNames.PATCHES,
                    Integer.toString(k),
                    SuiteNames.KERNEL,
                    kernel,
                    SuiteNames.LEVEL,
                    DefaultGrid.LEVEL);
            if (!found.contains(cell)) {
              throw new BadRecordException(
                  file,
                  "params",
                  "no result for "
                      + new TreeMap<>(cell)
                      + " in one thread; expected the whole default grid of each kernel");
            }
          }
        }
      }
    }
  }
}
