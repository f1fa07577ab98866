package dev.patchgrad.reports.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * No line is wider than a reviewer's window. A row of a table cannot be broken, and a page that a
 * program writes has a line for each paragraph, so that it can be pasted anywhere.
 *
 * @param most columns of a line
 * @param written paths of the pages that a program writes
 */
record ShortLines(int most, Set<String> written) implements Rule {
  /** Copies the set. */
  ShortLines {
    written = Set.copyOf(written);
  }

  @Override
  public List<Finding> findings(Document document) {
    List<Finding> findings = new ArrayList<>();
    if (written.contains(document.path())) {
      return findings;
    }
    List<String> lines = document.lines();
    for (int i = 0; i < lines.size(); i++) {
      int columns = lines.get(i).codePointCount(0, lines.get(i).length());
      if (columns > most && !document.tableLines().contains(i + 1)) {
        findings.add(document.finding(i + 1, columns + " columns found; expected at most " + most));
      }
    }
    return findings;
  }
}
