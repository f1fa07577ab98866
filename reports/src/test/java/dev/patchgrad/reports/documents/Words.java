package dev.patchgrad.reports.documents;

/** Counts words as a reader does. */
final class Words {
  private Words() {}

  /** Pieces between white space that have a letter or a digit. */
  static int count(String text) {
    int words = 0;
    for (String piece : text.strip().split("\\s+", -1)) {
      words += piece.chars().anyMatch(Character::isLetterOrDigit) ? 1 : 0;
    }
    return words;
  }
}
