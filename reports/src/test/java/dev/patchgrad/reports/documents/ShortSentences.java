package dev.patchgrad.reports.documents;

import java.util.ArrayList;
import java.util.List;

/**
 * No sentence has more words than a reader keeps in mind.
 *
 * @param most words of a sentence, code and tables aside
 */
record ShortSentences(int most) implements Rule {
  @Override
  public List<Finding> findings(Document document) {
    List<Finding> findings = new ArrayList<>();
    for (Prose prose : document.prose()) {
      for (Passage sentence : prose.sentences()) {
        int words = Words.count(sentence.text());
        if (words > most) {
          findings.add(
              document.finding(
                  sentence.line(),
                  words
                      + " words found in a sentence; expected at most "
                      + most
                      + ": "
                      + sentence.text()));
        }
      }
    }
    return findings;
  }
}
