package dev.patchgrad.descent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The points that runs came by: a listener that keeps what it is told. Threads may tell one
 * together; their points then come mixed.
 */
public final class Trajectory implements DescentListener {
  private final List<DescentPoint> points = new ArrayList<>();

  /** An empty trajectory. */
  public Trajectory() {}

  @Override
  public synchronized void at(DescentPoint point) {
    points.add(point);
  }

  /**
   * All points, in the order in which they were reached.
   *
   * @return a copy
   */
  public synchronized List<DescentPoint> points() {
    return List.copyOf(points);
  }

  /**
   * One number of each point, as for a plot.
   *
   * @param number such as {@code DescentPoint::loss}
   * @return as many values as there are points
   */
  public double[] values(ToDoubleFunction<DescentPoint> number) {
    return points().stream().mapToDouble(number).toArray();
  }
}
