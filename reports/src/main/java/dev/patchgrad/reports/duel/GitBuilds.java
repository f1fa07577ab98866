package dev.patchgrad.reports.duel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two commits of a git repository, each built in a worktree of its own, beside the user's, which
 * stays as it is. Closing it removes both.
 */
public final class GitBuilds implements AutoCloseable {
  /** Lines of a build's output that its failure shows. */
  private static final int SHOWN_LINES = 20;

  /** What a build within a hook or an alias of git would take for its own repository. */
  private static final List<String> OF_GIT =
      List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX");

  private final Path repository;
  private final Path folder;
  private final Guard guard;
  private final PrintWriter progress;
  private final List<Path> worktrees = new ArrayList<>();

  private GitBuilds(Path repository, Path folder, Guard guard, PrintWriter progress) {
    this.repository = repository;
    this.folder = folder;
    this.guard = guard;
    this.progress = progress;
  }

  /**
   * Two commits.
   *
   * @param a the baseline, as git understands it
   * @param b the other
   */
  public record Range(String a, String b) {
    /**
     * Reads {@code A..B}; without B it is HEAD, as in git.
     *
     * @param text of the user's
     * @return both
     * @throws DuelException if it is of another form
     */
    public static Range parse(String text) throws DuelException {
      int dots = text.indexOf("..");
      String a = dots < 0 ? "" : text.substring(0, dots);
      String b = dots < 0 ? "" : text.substring(dots + "..".length());
      if (a.isBlank() || b.contains("..") || b.startsWith(".")) {
        throw new DuelException("--git: '" + text + "' given; expected A..B, such as v1.0..HEAD");
      }
      return new Range(a, b.isBlank() ? "HEAD" : b);
    }
  }

  /**
   * Checks both commits out and builds them.
   *
   * @param range the commits
   * @param build a command line for the shell, run in the root of each worktree
   * @param repository a folder of it
   * @param guard of the processes
   * @param progress where each step is told
   * @return the builds
   * @throws DuelException if a commit is unknown, or its build fails; then nothing is left behind
   * @throws IOException if a folder cannot be written
   * @throws InterruptedException if this thread is interrupted
   */
  public static GitBuilds of(
      Range range, String build, Path repository, Guard guard, PrintWriter progress)
      throws DuelException, IOException, InterruptedException {
    Path folder = Files.createTempDirectory("patchgrad-builds");
    GitBuilds builds = new GitBuilds(repository.toAbsolutePath(), folder, guard, progress);
    try {
      String a = builds.commit(range.a());
      String b = builds.commit(range.b());
      builds.build("A", range.a(), a, build);
      builds.build("B", range.b(), b, build);
      return builds;
    } catch (DuelException | IOException | InterruptedException | RuntimeException e) {
      builds.close();
      throw e;
    }
  }

  /**
   * Where A was built.
   *
   * @return the root of its worktree
   */
  public Path a() {
    return worktrees.get(0);
  }

  /**
   * Where B was built.
   *
   * @return the root of its worktree
   */
  public Path b() {
    return worktrees.get(1);
  }

  private String commit(String name) throws DuelException, IOException, InterruptedException {
    Answer answer = git("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}");
    if (answer.code() != 0) {
      throw new DuelException(
          "--git: "
              + (answer.text().isBlank()
                  ? "'" + name + "' given; expected a commit of " + repository
                  : answer.text().strip()));
    }
    return answer.text().strip();
  }

  private void build(String side, String name, String commit, String build)
      throws DuelException, IOException, InterruptedException {
    Path worktree = folder.resolve(side);
    worktrees.add(worktree);
    String what = side + " (" + name + ", " + commit.substring(0, 10) + ")";
    progress.println("building " + what + ": " + build);
    progress.flush();
    Answer added =
        git("worktree", "add", "--force", "--detach", "--quiet", worktree.toString(), commit);
    if (added.code() != 0) {
      throw new DuelException(what + " cannot be checked out:\n  " + tail(added.text()));
    }
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    ProcessBuilder builder =
        windows ? new ProcessBuilder("cmd", "/c", build) : new ProcessBuilder("sh", "-c", build);
    builder.directory(worktree.toFile());
    builder.environment().keySet().removeAll(OF_GIT);
    Answer built = answer(guard.start(builder.redirectErrorStream(true)));
    if (built.code() != 0) {
      throw new DuelException(
          "the build of "
              + what
              + " failed with exit code "
              + built.code()
              + "; its last lines:\n  "
              + tail(built.text()));
    }
  }

  private record Answer(int code, String text) {}

  private Answer git(String... words) throws DuelException, IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("git", "-C", repository.toString()));
    line.addAll(List.of(words));
    Process process;
    try {
      process = guard.start(new ProcessBuilder(line).redirectErrorStream(true));
    } catch (IOException e) {
      throw new DuelException("git: cannot be started: " + e.getMessage());
    }
    return answer(process);
  }

  private Answer answer(Process process) throws IOException, InterruptedException {
    try {
      process.getOutputStream().close();
      String text = textOf(process);
      return new Answer(process.waitFor(), text);
    } finally {
      guard.end(process);
    }
  }

  /** What a process says until its end, or until a signal ends it. */
  private static String textOf(Process process) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      process.getInputStream().transferTo(said);
    } catch (IOException e) {
      if (process.isAlive()) {
        throw e;
      }
      // The JDK closes the stream of a process that was ended from here: what was said is said.
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  private static String tail(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    return String.join(
        "\n  ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
  }

  /** Removes the worktrees, also while a signal ends this program. */
  @Override
  public void close() {
    try {
      for (Path worktree : worktrees) {
        forget(worktree);
      }
      delete(folder);
    } catch (IOException | UncheckedIOException e) {
      progress.println("! " + folder + " cannot be removed: " + e.getMessage());
      progress.flush();
    }
  }

  /** Not by the guard: it would end what cleans up. */
  private void forget(Path worktree) throws IOException {
    Process process =
        new ProcessBuilder(
                "git",
                "-C",
                repository.toString(),
                "worktree",
                "remove",
                "--force",
                "--force",
                worktree.toString())
            .redirectErrorStream(true)
            .start();
    process.getInputStream().readAllBytes();
    process.onExit().join();
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  /**
   * The commands of both sides, started where each commit was built.
   *
   * @param a words of A
   * @param b words of B
   * @return A and B
   */
  public List<Side> sides(List<String> a, List<String> b) {
    return List.of(new Side(a, a()), new Side(b, b()));
  }
}
