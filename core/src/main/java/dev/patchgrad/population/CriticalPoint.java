package dev.patchgrad.population;

import dev.patchgrad.network.Student;

/** A student at which the population gradient under weight normalisation is zero. */
public final class CriticalPoint {
  /** The three kinds that there are (v != 0, a* != 0). */
  public enum Kind {
    /** phi = 0, a = |w*| a*: the teacher itself, loss 0. */
    GLOBAL,
    /** phi = pi: the filter points away from the teacher's. */
    SPURIOUS,
    /** a^T a* = 0 at an angle between: on the border of the spurious minimum's basin. */
    SADDLE
  }

  private final Kind kind;
  private final FilterAngle angle;
  private final Student student;
  private final double loss;
  private final boolean localMinimum;

  CriticalPoint(Kind kind, FilterAngle angle, Student student, double loss, boolean localMinimum) {
    this.kind = kind;
    this.angle = angle;
    this.student = student;
    this.loss = loss;
    this.localMinimum = localMinimum;
  }

  /**
   * Which of the three it is.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * The angle between its filter and the teacher's.
   *
   * @return the angle
   */
  public FilterAngle angle() {
    return angle;
  }

  /**
   * One such student, with |v| = 1; the others have another |v|, and for a saddle another direction
   * at the same angle.
   *
   * @return a student of its own
   */
  public Student student() {
    return student.copy();
  }

  /**
   * The population loss there.
   *
   * @return the loss
   */
  public double loss() {
    return loss;
  }

  /**
   * Whether the loss is nowhere smaller in a neighbourhood.
   *
   * @return true for a local minimum, the global one included
   */
  public boolean isLocalMinimum() {
    return localMinimum;
  }
}
