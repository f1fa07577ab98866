package dev.patchgrad.reports.page;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A chart, described once for the browser and for a picture.
 *
 * @param name of its picture's file: lower case letters, digits and hyphens
 * @param title above it
 * @param note below it: what it shows, and how to read it
 * @param x axis
 * @param y axis
 * @param series in the order of the legend, at least one
 */
public record Chart(String name, String title, String note, Axis x, Axis y, List<Series> series) {
  /** Colours that pages have: of an index beyond, the remainder counts. */
  static final int COLOURS = 11;

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if the name is not fit for a file, there is no series, or a
   *     logarithmic axis is given a number that is not above 0
   */
  public Chart {
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          "name: '" + name + "' given; expected lower case letters, digits and hyphens");
    }
    series = List.copyOf(series);
    if (series.isEmpty()) {
      throw new IllegalArgumentException("series: none given for chart '" + name + "'; expected 1");
    }
    for (Series one : series) {
      for (Point point : one.points()) {
        x.require(name, one.name(), point.x());
        y.require(name, one.name(), point.low());
        y.require(name, one.name(), point.high());
      }
    }
  }

  /**
   * An axis.
   *
   * @param label what it shows, with its unit
   * @param log whether it is logarithmic
   * @param categories names of the places 0, 1, 2 … along it; empty for an axis of numbers
   * @param from its lower end; empty to fit the numbers
   * @param to its upper end; empty to fit the numbers
   */
  public record Axis(
      String label,
      boolean log,
      List<String> categories,
      Optional<Double> from,
      Optional<Double> to) {
    /** Up to this range a logarithmic axis has its lines at powers of two, else of ten. */
    static final double OCTAVES = 512;

    /** The part of an axis of names that the marks at one place share. */
    static final double SHARED = 0.6;

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException unless the lower end is below the upper one
     */
    public Axis {
      categories = List.copyOf(categories);
      if (from.isPresent() && to.isPresent() && !(from.get() < to.get())) {
        throw new IllegalArgumentException(
            "axis '"
                + label
                + "': from "
                + from.get()
                + " to "
                + to.get()
                + " given; expected the first to be the smaller");
      }
    }

    /**
     * This axis with given ends, whatever its numbers.
     *
     * @param low its lower end
     * @param high its upper end
     * @return the axis
     * @throws IllegalArgumentException unless low is below high
     */
    public Axis between(double low, double high) {
      return new Axis(label, log, categories, Optional.of(low), Optional.of(high));
    }

    /**
     * An axis of numbers.
     *
     * @param label what it shows, with its unit
     * @return the axis
     */
    public static Axis linear(String label) {
      return new Axis(label, false, List.of(), Optional.empty(), Optional.empty());
    }

    /**
     * A logarithmic axis: every number on it is above 0.
     *
     * @param label what it shows, with its unit
     * @return the axis
     */
    public static Axis logarithmic(String label) {
      return new Axis(label, true, List.of(), Optional.empty(), Optional.empty());
    }

    /**
     * An axis of names.
     *
     * @param label what they name
     * @param categories the names
     * @return the axis
     */
    public static Axis of(String label, List<String> categories) {
      return new Axis(label, false, categories, Optional.empty(), Optional.empty());
    }

    /**
     * Where one of several series has its point at a named place, so that they are side by side.
     *
     * @param place index of the name
     * @param order of the series among those at that place, from 0
     * @param count of the series
     * @return a position within 0.3 of the place
     */
    public static double beside(int place, int order, int count) {
      return place + SHARED * ((order + 0.5) / count - 0.5);
    }

    private void require(String chart, String series, double value) {
      if (!Double.isFinite(value) || (log && value <= 0)) {
        throw new IllegalArgumentException(
            "chart '"
                + chart
                + "', series '"
                + series
                + "': "
                + value
                + " given on the axis '"
                + label
                + "'; expected a finite number"
                + (log ? " above 0" : ""));
      }
    }
  }

  /** How a series is drawn. */
  public enum Kind {
    /** A line without marks; intervals are a band around it. */
    LINE,
    /** A dashed line without marks: a prediction or a limit. */
    DASHED,
    /** Marks alone; intervals are bars. */
    DOTS,
    /** Marks on a line; intervals are bars. */
    LINE_AND_DOTS,
    /** Bars from the lower end of the axis, for few places; the other axis must have names. */
    BARS
  }

  /**
   * A series.
   *
   * @param name in the legend
   * @param kind how it is drawn
   * @param colour index of its colour; the same on all charts of a page for the same thing
   * @param points in the order of the line
   * @param listed whether the legend names it; what the note explains needs no entry
   */
  public record Series(String name, Kind kind, int colour, List<Point> points, boolean listed) {
    /**
     * A series that the legend names.
     *
     * @param name in the legend
     * @param kind how it is drawn
     * @param colour index of its colour
     * @param points in the order of the line
     * @throws IllegalArgumentException if there is no point
     */
    public Series(String name, Kind kind, int colour, List<Point> points) {
      this(name, kind, colour, points, true);
    }

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no point
     */
    public Series {
      points = List.copyOf(points);
      if (points.isEmpty()) {
        throw new IllegalArgumentException("points: none given for series '" + name + "'");
      }
    }

    /**
     * A series without intervals.
     *
     * @param name in the legend
     * @param kind how it is drawn
     * @param colour index of its colour
     * @param x places
     * @param y values, as many
     * @return the series
     * @throws IllegalArgumentException if the lengths differ
     */
    public static Series of(String name, Kind kind, int colour, double[] x, double[] y) {
      if (x.length != y.length) {
        throw new IllegalArgumentException(
            "y: length " + y.length + " given for series '" + name + "'; expected " + x.length);
      }
      return new Series(
          name,
          kind,
          colour,
          IntStream.range(0, x.length).mapToObj(i -> Point.of(x[i], y[i])).toList());
    }

    /**
     * This series without an entry in the legend.
     *
     * @return the series
     */
    public Series unlisted() {
      return new Series(name, kind, colour, points, false);
    }

    /**
     * Whether a point has an interval.
     *
     * @return true if one has
     */
    public boolean hasIntervals() {
      return points.stream().anyMatch(point -> point.low() < point.high());
    }
  }

  /**
   * A point.
   *
   * @param x place
   * @param y value
   * @param low end of its interval; y itself where it has none
   * @param high end of its interval; y itself where it has none
   * @param label beside its mark, where there is room; empty for none
   */
  public record Point(double x, double y, double low, double high, String label) {
    /**
     * A point without a label.
     *
     * @param x place
     * @param y value
     * @param low end of its interval; y itself where it has none
     * @param high end of its interval; y itself where it has none
     */
    public Point(double x, double y, double low, double high) {
      this(x, y, low, high, "");
    }

    /**
     * This point with a label.
     *
     * @param text of the label
     * @return the point
     */
    public Point labelled(String text) {
      return new Point(x, y, low, high, text);
    }

    /**
     * A point without an interval.
     *
     * @param x place
     * @param y value
     * @return the point
     */
    public static Point of(double x, double y) {
      return new Point(x, y, y, y);
    }
  }
}
