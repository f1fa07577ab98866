package dev.patchgrad.reports.documents;

import java.util.List;

/**
 * A document that is read standing has few words, code included.
 *
 * @param path of the document
 * @param most words of the whole file
 */
record ShortDocument(String path, int most) implements Rule {
  @Override
  public List<Finding> findings(Document document) {
    if (!document.path().equals(path)) {
      return List.of();
    }
    int words = document.text().strip().split("\\s+", -1).length;
    return words > most
        ? List.of(document.finding(1, words + " words found; expected at most " + most))
        : List.of();
  }
}
