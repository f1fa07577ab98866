package dev.patchgrad.reports.documents;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file or folder of the project that a document names as code is there, by its whole path or by
 * the end of it. What a build or a run leaves is not, and a name with a placeholder names no file.
 *
 * @param project that holds it
 */
record Paths(Project project) implements Rule {
  private static final Pattern WHOLE =
      Pattern.compile("(?:core|reports|bench|spark|docs|\\.ci|\\.mvn)/[\\w./-]*");

  private static final Pattern END = Pattern.compile("[\\w.-]+(?:/[\\w.-]+)+\\.[a-z]+");

  private static final Pattern LEFT = Pattern.compile(".*/target(?:/.*)?|reports/runs.*|.*Your.*");

  @Override
  public List<Finding> findings(Document document) {
    List<Finding> findings = new ArrayList<>();
    for (Passage span : document.spans()) {
      String path = span.text();
      if (!LEFT.matcher(path).matches() && !isThere(path)) {
        findings.add(document.finding(span.line(), "'" + path + "' is no file of the project"));
      }
    }
    return findings;
  }

  /** Whether a text names a file that is there, or none at all. */
  private boolean isThere(String text) {
    if (WHOLE.matcher(text).matches()) {
      return Files.exists(project.folder().resolve(text));
    }
    return !END.matcher(text).matches()
        || project.files().stream()
            .anyMatch(file -> file.toString().replace('\\', '/').endsWith("/" + text));
  }
}
