package dev.patchgrad.bench.launch;

import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.page.RunPage;
import dev.patchgrad.reports.run.Run;
import dev.patchgrad.reports.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a run that met trouble must have kept, and must not have left behind. */
final class RunCheck {
  /** A fork of one iteration has ended, as JMH's log tells it. */
  private static final Pattern IN_LOG = Pattern.compile("(?m)^Iteration +1: [0-9]");

  /** A cell of one fork has ended, as the console tells it. */
  private static final Pattern ON_CONSOLE = Pattern.compile("(?m)^\\d/\\d  ");

  private static final String RESCUED = "patchgrad-rescued-";

  private final Path folder;
  private int exitCode;
  private long told;
  private long kept;
  private long removed;

  /**
   * A check.
   *
   * @param folder of the try, which holds everything of it
   */
  RunCheck(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  Path runs() {
    return folder.resolve("runs");
  }

  Path temporary() {
    return folder.resolve("tmp");
  }

  Path output() {
    return folder.resolve("out");
  }

  Path errors() {
    return folder.resolve("err");
  }

  int exitCode() {
    return exitCode;
  }

  void exited(int code) {
    exitCode = code;
  }

  /** Before another run in the same place: its console is its own. */
  void forgetConsole() throws IOException {
    Files.deleteIfExists(output());
    Files.deleteIfExists(errors());
  }

  String inWords() {
    return "exit code " + exitCode + ", " + told + " forks told, " + kept + " kept";
  }

  /** What happens to a run whose folder somebody removes. */
  void removeRuns() throws IOException {
    for (Path run : runFolders()) {
      // Under another name first: a file may be written into it at this moment.
      Path elsewhere = folder.resolve("removed");
      Files.move(run, elsewhere);
      removed = Math.max(removed, forks(elsewhere, new ArrayList<>()));
      InterruptedRuns.delete(elsewhere);
    }
  }

  /** Everything that is wrong. */
  List<String> findings() throws IOException {
    List<String> findings = new ArrayList<>(lost());
    findings.addAll(processes());
    findings.addAll(temporaryFiles());
    for (Path run : runFolders()) {
      findings.addAll(filesOf(run));
    }
    if (exitCode == 0
        && !Files.exists(runs().resolve(RunFolder.LATEST), LinkOption.NOFOLLOW_LINKS)) {
      findings.add("exit code 0, and no run is the latest");
    }
    String trace = InterruptedRuns.text(errors());
    if (trace.contains("\tat ")) {
      findings.add("a stack trace on the console");
    }
    return findings;
  }

  /** Forks that ended, as log or console say, and that no record has. */
  List<String> lost() throws IOException {
    List<String> findings = new ArrayList<>();
    long saved = removed;
    for (Path place : rescued()) {
      saved = Math.max(saved, forks(place, findings));
    }
    told = ON_CONSOLE.matcher(InterruptedRuns.text(output())).results().count();
    kept = saved;
    for (Path run : runFolders()) {
      long here = Math.max(saved, forks(run, findings));
      long logged =
          IN_LOG.matcher(InterruptedRuns.text(run.resolve(RunFolder.LOG))).results().count();
      if (here < logged) {
        findings.add(run.getFileName() + " lost " + (logged - here) + " of " + logged + " forks");
      }
      told = Math.max(told, logged);
      kept = Math.max(kept, here);
    }
    if (kept < told) {
      findings.add((told - kept) + " of " + told + " finished forks are lost");
    }
    return findings;
  }

  private static long forks(Path run, List<String> findings) {
    if (!Files.exists(run.resolve(RunFolder.RESULTS))) {
      return 0;
    }
    try {
      return Run.read(run).results().stream()
          .mapToLong(result -> result.primary().forks().size())
          .sum();
    } catch (BadRecordException e) {
      findings.add("a record that cannot be read: " + e.getMessage());
      return 0;
    }
  }

  private List<Path> runFolders() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path machine : list(runs())) {
      if (Files.isDirectory(machine, LinkOption.NOFOLLOW_LINKS)) {
        all.addAll(list(machine));
      }
    }
    return all;
  }

  private List<Path> rescued() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path path : list(temporary())) {
      if (path.getFileName().toString().startsWith(RESCUED)) {
        all.addAll(list(path));
      }
    }
    return all;
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  /** JVMs of this try that are still there. */
  private List<String> processes() {
    long deadline = System.nanoTime() + 10_000_000_000L;
    List<String> left;
    do {
      left =
          ProcessHandle.allProcesses()
              .filter(
                  process ->
                      process.info().commandLine().orElse("").contains(temporary().toString()))
              .map(process -> "process " + process.pid() + " is left")
              .toList();
    } while (!left.isEmpty() && System.nanoTime() < deadline);
    return left;
  }

  private List<String> temporaryFiles() throws IOException {
    List<String> findings = new ArrayList<>();
    for (Path path : list(temporary())) {
      String name = path.getFileName().toString();
      // JMH's lock stays by design.
      if (!name.equals("jmh.lock") && !name.startsWith(RESCUED)) {
        findings.add("left in the temporary folder: " + name);
      }
    }
    return findings;
  }

  private List<String> filesOf(Path run) throws IOException {
    List<String> findings = new ArrayList<>();
    String name = run.getFileName().toString();
    boolean partial = name.endsWith(RunFolder.PARTIAL);
    if (partial && !Files.exists(run.resolve(RunFolder.RESULTS))) {
      findings.add(name + " holds no results");
    }
    for (Path file : list(run)) {
      if (file.toString().endsWith(".new")) {
        findings.add(name + " holds " + file.getFileName());
      }
    }
    List<Path> page =
        Stream.of(RunPage.PAGE, RunPage.SUMMARY, RunPage.NUMBERS).map(run::resolve).toList();
    long written = page.stream().filter(Files::exists).count();
    if (written != 0 && written != page.size()) {
      findings.add(name + " holds " + written + " of the page's three files");
    }
    if (written != 0 && !InterruptedRuns.text(page.get(0)).stripTrailing().endsWith("</html>")) {
      findings.add(name + " holds a page that is cut");
    }
    if (exitCode == 0 && !partial && written == 0) {
      findings.add("exit code 0, and no page");
    }
    return findings;
  }
}
