package dev.patchgrad.reports.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of one paragraph, list item or heading, which knows its lines. */
final class Prose {
  /** The end of a sentence: a point, or ! or ?, what closes after it, and white space. */
  private static final Pattern END = Pattern.compile("[.!?…][)\\]\"'”’]*(?=\\s|$)");

  /** A point after one of these ends no sentence. */
  private static final Pattern ABBREVIATION = Pattern.compile("\\b(?:e\\.g|i\\.e|al|vs|cf)\\.$");

  private final StringBuilder text = new StringBuilder();

  /** The line of each piece, by the place where it begins. */
  private final NavigableMap<Integer, Integer> lines = new TreeMap<>();

  Prose() {}

  /** Adds a piece that stands in a line, from 1. */
  void add(String piece, int line) {
    lines.putIfAbsent(text.length(), line);
    text.append(piece);
  }

  /** Adds the end of a line. */
  void addSpace() {
    text.append(' ');
  }

  /** Whether nothing was added. */
  boolean isEmpty() {
    return text.isEmpty();
  }

  /** The sentences, each from the line that it begins in. */
  List<Passage> sentences() {
    List<Passage> sentences = new ArrayList<>();
    Matcher end = END.matcher(text);
    int from = 0;
    while (end.find()) {
      if (!ABBREVIATION.matcher(text.substring(from, end.end())).find()) {
        from = keep(sentences, from, end.end());
      }
    }
    keep(sentences, from, text.length());
    return sentences;
  }

  private int keep(List<Passage> sentences, int from, int to) {
    int start = from;
    while (start < to && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    if (start < to) {
      sentences.add(
          new Passage(lines.floorEntry(start).getValue(), text.substring(start, to).strip()));
    }
    return to;
  }
}
