package dev.patchgrad.reports.page;

import dev.patchgrad.reports.statistics.Verdict;

/**
 * How pages show what a comparison concluded: a sign, and a colour. Blue and orange differ for
 * colour-blind eyes too, and the sign tells them apart without any colour.
 */
final class VerdictMarks {
  private static final int BLUE = 8;
  private static final int ORANGE = 9;
  private static final int GREY = 10;

  private VerdictMarks() {}

  /** The colour's index, which also gives the mark in a chart: a triangle up, down, or another. */
  static int colour(Verdict verdict) {
    return switch (verdict) {
      case FASTER -> BLUE;
      case SLOWER -> ORANGE;
      case SAME -> KernelColours.LIMIT;
      case UNDECIDED -> GREY;
    };
  }

  /** The sign before a number or a word. */
  static String sign(Verdict verdict) {
    return switch (verdict) {
      case FASTER -> "▲";
      case SLOWER -> "▼";
      case SAME -> "=";
      case UNDECIDED -> "~";
    };
  }

  /** The verdict in a word, for a legend or a table. */
  static String word(Verdict verdict) {
    return verdict == Verdict.UNDECIDED ? "undecided" : verdict.word();
  }
}
