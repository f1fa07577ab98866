package dev.patchgrad.reports.documents;

/**
 * A piece of a document.
 *
 * @param line that it begins in, from 1
 * @param text without its markup
 */
record Passage(int line, String text) {}
