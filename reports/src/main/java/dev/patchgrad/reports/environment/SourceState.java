package dev.patchgrad.reports.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What git says of a project's source. The build asks when it compiles, as what is asked for later
 * need not be what was compiled.
 *
 * @param revision of the source
 * @param reason why it is unknown, in words; empty where it is known
 */
public record SourceState(Revision revision, String reason) {
  private static final int SECONDS = 10;

  /**
   * Asks git, whatever repository the environment's variables name.
   *
   * @param project the project's folder, the top of its repository
   * @return the state; unknown where git gives none, or the folder lies within another repository
   */
  public static SourceState of(Path project) {
    try {
      Path top = Path.of(git(project, "rev-parse", "--show-toplevel").strip());
      if (!top.toRealPath().equals(project.toRealPath())) {
        return unknown(project + " is not the top of the git repository around it");
      }
      String commit = git(project, "rev-parse", "HEAD").strip();
      String changed =
          git(
              project,
              "status",
              "--porcelain",
              "--untracked-files=no",
              "--",
              ":(top)",
              ":(top,exclude)*.md",
              ":(top,exclude)reports/profiles");
      // What the build compiles or reads, and nobody can check out.
      String untracked =
          git(
              project,
              "ls-files",
              "--others",
              "--exclude-standard",
              "--",
              ":(top,glob)**/src/**",
              ":(top,glob)**/pom.xml",
              ":(top,glob).mvn/**");
      return new SourceState(new Revision(commit, !changed.isBlank() || !untracked.isBlank()), "");
    } catch (IOException e) {
      return unknown(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown("interrupted");
    }
  }

  /**
   * A state that is not known.
   *
   * @param reason in words
   * @return the state
   */
  public static SourceState unknown(String reason) {
    return new SourceState(Revision.UNKNOWN, reason.strip());
  }

  private static String git(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // GIT_DIR and its like, as hooks have them, name another repository than the folder's.
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("git did not answer within " + SECONDS + " seconds");
    }
    if (process.exitValue() != 0) {
      throw new IOException("git says: " + output.lines().findFirst().orElse("nothing"));
    }
    return output;
  }
}
