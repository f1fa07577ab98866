package dev.patchgrad.reports.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The state of the source that was measured.
 *
 * @param commit its hash; {@code unknown} outside of a repository
 * @param dirty whether files that are built or run differed from that commit; false where the
 *     commit is unknown. Documents and recorded profiles do not count, as they are written between
 *     runs
 */
public record Revision(String commit, boolean dirty) {
  /** What stands for the state where git gives none. */
  public static final Revision UNKNOWN = new Revision("unknown", false);

  /**
   * Asks git for the state.
   *
   * @param folder within the project
   * @return the revision; {@link #UNKNOWN} without git or outside of a repository
   */
  public static Revision of(Path folder) {
    Optional<String> commit = git(folder, "rev-parse", "HEAD");
    Optional<String> changes =
        git(
            folder,
            "status",
            "--porcelain",
            "--untracked-files=no",
            "--",
            ":(top)",
            ":(top,exclude)*.md",
            ":(top,exclude)reports/profiles");
    if (commit.isEmpty() || changes.isEmpty()) {
      return UNKNOWN;
    }
    return new Revision(commit.get().trim(), !changes.get().isBlank());
  }

  /**
   * The commit in short.
   *
   * @return its first 12 digits
   */
  public String shortCommit() {
    return commit.substring(0, Math.min(12, commit.length()));
  }

  /**
   * The state in short, for a person.
   *
   * @return such as {@code 0123456789ab} or {@code 0123456789ab with changes}
   */
  public String inShort() {
    return shortCommit() + (dirty ? " with changes" : "");
  }

  private static Optional<String> git(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(10, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
