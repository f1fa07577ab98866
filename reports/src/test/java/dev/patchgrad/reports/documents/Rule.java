package dev.patchgrad.reports.documents;

import java.util.List;

/** One thing that every document must keep to. */
interface Rule {
  /**
   * What breaks it.
   *
   * @param document to look at
   * @return findings, by line; empty if the document keeps to it
   */
  List<Finding> findings(Document document);
}
