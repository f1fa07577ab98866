package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.population.FilterAngle;
import java.util.random.RandomGenerator;

/**
 * Random starts as in the paper, reduced to their four numbers: v uniform on a sphere, a uniform in
 * the ball of radius |1^T a*| |w*| / sqrt(k).
 *
 * <p>Of a, only the projection on the plane of 1 and a* counts. The projection of a uniform point
 * of the unit ball of R^k on a plane has density proportional to (1 - q)^((k - 2)/2) with q its
 * squared length, so that q = 1 - U^(2/k) with U uniform, at a uniform angle: three numbers instead
 * of k.
 *
 * <p>For one thread at a time, as its generator is; a second one is refused.
 */
public final class ReducedStarts {
  private final Reduction reduction;
  private final OneThread oneThread = new OneThread("starts");
  private final int p;
  private final RandomGenerator generator;
  private final double filterNorm;
  private final double radius;
  private final double alongOnes;
  private final double acrossOnes;

  /**
   * A source of starts with |v| = |w*| |a*|, as {@link Initialisation#of} draws them.
   *
   * @param reduction for k and the teacher
   * @param p dimension of a patch, at least 1
   * @param generator of random numbers
   * @return the source
   * @throws IllegalArgumentException if p is below 1
   */
  public static ReducedStarts of(Reduction reduction, int p, RandomGenerator generator) {
    double norm = reduction.scale() * Math.sqrt(reduction.squares());
    return new ReducedStarts(reduction, p, generator, norm);
  }

  /**
   * A source of starts with a length of v.
   *
   * @param reduction for k and the teacher
   * @param p dimension of a patch, at least 1
   * @param generator of random numbers
   * @param filterNorm |v|, above 0; 1 is the paper's
   * @return the source
   * @throws IllegalArgumentException if p is below 1, or the length is not above 0 and finite
   */
  public static ReducedStarts of(
      Reduction reduction, int p, RandomGenerator generator, double filterNorm) {
    return new ReducedStarts(reduction, p, generator, filterNorm);
  }

  private ReducedStarts(Reduction reduction, int p, RandomGenerator generator, double filterNorm) {
    if (!(filterNorm > 0 && filterNorm < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "filterNorm: " + filterNorm + " given; expected a finite number above 0");
    }
    this.reduction = reduction;
    this.p = Checks.requirePositive("p", p);
    this.generator = generator;
    this.filterNorm = filterNorm;
    double rootK = Math.sqrt(reduction.k());
    this.radius = Math.abs(reduction.sum()) * reduction.scale() / rootK;
    // a* in the orthonormal basis of its plane with 1.
    this.alongOnes = reduction.sum() / rootK;
    this.acrossOnes = Math.sqrt(Math.max(0, reduction.squares() - alongOnes * alongOnes));
  }

  /**
   * Draws a start.
   *
   * @return its four numbers
   * @throws IllegalStateException if another thread draws at the moment
   */
  public ReducedState next() {
    oneThread.enter();
    try {
      return draw();
    } finally {
      oneThread.leave();
    }
  }

  private ReducedState draw() {
    FilterAngle angle = nextAngle();
    double along;
    double across = 0;
    if (reduction.k() == 1) {
      along = radius * (2 * generator.nextDouble() - 1);
    } else {
      // StrictMath: the same starts on every machine.
      double q = 1 - StrictMath.pow(generator.nextDouble(), 2.0 / reduction.k());
      double turn = 2 * Math.PI * generator.nextDouble();
      along = radius * Math.sqrt(q) * StrictMath.cos(turn);
      across = radius * Math.sqrt(q) * StrictMath.sin(turn);
    }
    return new ReducedState(
        angle,
        filterNorm,
        along * alongOnes + across * acrossOnes,
        along * Math.sqrt(reduction.k()));
  }

  private FilterAngle nextAngle() {
    while (true) {
      double along = generator.nextGaussian();
      double squares = 0;
      for (int c = 1; c < p; c++) {
        double coordinate = generator.nextGaussian();
        squares += coordinate * coordinate;
      }
      if (along != 0 || squares > 0) {
        double across = Math.sqrt(squares);
        return along >= 0
            ? FilterAngle.ofRadians(StrictMath.atan2(across, along))
            : FilterAngle.ofSupplement(StrictMath.atan2(across, -along));
      }
    }
  }
}
