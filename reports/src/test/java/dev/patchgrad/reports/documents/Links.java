package dev.patchgrad.reports.documents;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every link and picture within the project leads to a file that is there, and to a heading of it.
 *
 * @param project its folder
 * @param anchors of each document, by its path
 */
record Links(Path project, Map<String, Set<String>> anchors) implements Rule {
  /** Copies the map. */
  Links {
    anchors = Map.copyOf(anchors);
  }

  @Override
  public List<Finding> findings(Document document) {
    List<Finding> findings = new ArrayList<>();
    for (Passage link : document.links()) {
      if (!leavesTheProject(link.text())) {
        wrong(document, link.text())
            .ifPresent(message -> findings.add(document.finding(link.line(), message)));
      }
    }
    return findings;
  }

  private static boolean leavesTheProject(String link) {
    return link.matches("[a-z][a-z+.-]*:.*");
  }

  private Optional<String> wrong(Document document, String link) {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    Path source = project.resolve(document.path());
    Path target = file.isEmpty() ? source : source.resolveSibling(file).normalize();
    if (!target.startsWith(project) || !Files.exists(target)) {
      return Optional.of("link '" + link + "' leads to no file of the project");
    }
    Set<String> known = anchors.get(project.relativize(target).toString().replace('\\', '/'));
    if (hash < 0 || known == null || known.contains(link.substring(hash + 1))) {
      return Optional.empty();
    }
    return Optional.of("link '" + link + "' names no heading; expected one of " + known);
  }
}
