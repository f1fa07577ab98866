package dev.patchgrad.reports.documents;

/**
 * What is wrong with a document, and where.
 *
 * @param document its path within the project
 * @param line from 1
 * @param message what was found, and what was expected
 */
record Finding(String document, int line, String message) {
  @Override
  public String toString() {
    return document + ":" + line + ": " + message;
  }
}
