package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.population.FilterAngle;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Reduction}'s descent of many starts at once: one start a lane. A start that is decided
 * leaves its lane to the next one; when none is left, the last lane moves into the gap.
 *
 * <p>The angle is held as d = pi - phi beside (cos phi, sin phi). A step turns the pair by the
 * angle delta of known tangent t, which needs no trigonometry, and d by atan t, from a polynomial
 * after three halvings. d keeps its digits near pi, where the descent to the spurious point crawls,
 * and sin phi near 0. Every operation is one that IEEE 754 rounds exactly, so a start's course is
 * the same to the bit at every vector width, in every lane.
 *
 * <p>For one thread at a time; a second one is refused.
 */
public final class ReducedDescent {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  /**
   * The class that vectors of the species have. C2 knows the class of a vector that is cast to it,
   * whatever vectors of other widths this JVM has stored before.
   */
  private static final Class<? extends DoubleVector> VECTOR =
      SPECIES.vectorType().asSubclass(DoubleVector.class);

  private static final int LANES = SPECIES.length();

  /**
   * Starts side by side. One step is a chain of divisions and roots, some 200 cycles long; the
   * processor fills the wait with the steps of other vectors. Seven arrays of this length stay in
   * the smallest L1 cache.
   */
  private static final int CAPACITY = 64;

  /** Steps between two looks at who is decided. */
  private static final int STRIDE = 4;

  /**
   * atan u = u + u z (-1/3 + z (1/5 - …)), z = u^2, by its own series. After three halvings u is at
   * most tan(pi/16) < 0.2: what is cut off is below z^11/23 < 2e-17 of u.
   */
  private static final double[] ARCTANGENT = {
    1.0 / 21, -1.0 / 19, 1.0 / 17, -1.0 / 15, 1.0 / 13, -1.0 / 11, 1.0 / 9, -1.0 / 7, 1.0 / 5,
    -1.0 / 3
  };

  private static final double GLOBAL = 1;
  private static final double SPURIOUS = -1;
  private static final double DIVERGED = 2;

  private final Reduction reduction;
  private final OneThread oneThread = new OneThread("lanes");

  private final double[] supplement = new double[CAPACITY];
  private final double[] cos = new double[CAPACITY];
  private final double[] sin = new double[CAPACITY];
  private final double[] norm = new double[CAPACITY];
  private final double[] overlap = new double[CAPACITY];
  private final double[] sum = new double[CAPACITY];
  private final double[] verdict = new double[CAPACITY];

  /** The start in a lane, by its number in the order of the source. */
  private final int[] start = new int[CAPACITY];

  /** The count of steps at which the start in a lane began. */
  private final long[] began = new long[CAPACITY];

  /**
   * A descent without starts yet.
   *
   * @param reduction whose descent it is
   * @return the descent
   */
  public static ReducedDescent of(Reduction reduction) {
    return new ReducedDescent(reduction);
  }

  private ReducedDescent(Reduction reduction) {
    this.reduction = reduction;
  }

  /**
   * Descends from a number of starts until each is decided.
   *
   * @param source of starts, asked that many times, in order
   * @param starts their number, at least 1
   * @param mostSteps of one start, at least 1; whatever is undecided then, counts as undecided.
   *     Rounded up to a few steps
   * @return how many went where
   * @throws IllegalArgumentException if a number is below 1
   */
  public BasinCounts descend(Supplier<ReducedState> source, int starts, int mostSteps) {
    return descend(source, starts, mostSteps, (basin, start) -> {});
  }

  /**
   * Descends from a number of starts until each is decided, and tells of each.
   *
   * @param source of starts, asked that many times, in order
   * @param starts their number, at least 1
   * @param mostSteps of one start, at least 1
   * @param ended told each start's basin and number, in the order in which they are decided
   * @return how many went where
   * @throws IllegalArgumentException if a number is below 1
   * @throws IllegalStateException if another thread is at it
   */
  public BasinCounts descend(
      Supplier<ReducedState> source, int starts, int mostSteps, ObjIntConsumer<Basin> ended) {
    Checks.requirePositive("starts", starts);
    Checks.requirePositive("mostSteps", mostSteps);
    oneThread.enter();
    try {
      return descendAlone(source, starts, mostSteps, ended);
    } finally {
      oneThread.leave();
    }
  }

  private BasinCounts descendAlone(
      Supplier<ReducedState> source, int starts, int mostSteps, ObjIntConsumer<Basin> ended) {
    BasinCounts counts = BasinCounts.NONE;
    int drawn = 0;
    int occupied = 0;
    long step = 0;
    while (true) {
      while (occupied < CAPACITY && drawn < starts) {
        ReducedState state = source.get();
        Basin basin = reduction.basin(state);
        if (basin == Basin.UNDECIDED) {
          put(occupied, state, drawn, step);
          occupied++;
        } else {
          counts = counts.plus(basin, 0);
          ended.accept(basin, drawn);
        }
        drawn++;
      }
      if (occupied == 0) {
        return counts;
      }
      int length = (occupied + LANES - 1) / LANES * LANES;
      for (int i = 0; i < STRIDE; i++) {
        step(length);
      }
      step += STRIDE;
      judge(length);
      for (int lane = occupied - 1; lane >= 0; lane--) {
        long steps = step - began[lane];
        if (verdict[lane] != 0 || steps >= mostSteps) {
          Basin basin = basin(verdict[lane]);
          counts = counts.plus(basin, (int) steps);
          ended.accept(basin, start[lane]);
          occupied--;
          move(occupied, lane);
        }
      }
    }
  }

  /**
   * Takes starts, at most as many as there are lanes, through a number of steps, decided or not.
   *
   * @param states before
   * @param steps of each
   * @return the states after
   */
  ReducedState[] advance(ReducedState[] states, int steps) {
    if (states.length > CAPACITY) {
      throw new IllegalArgumentException(
          "states: " + states.length + " given; expected at most " + CAPACITY);
    }
    for (int lane = 0; lane < states.length; lane++) {
      put(lane, states[lane], lane, 0);
    }
    for (int i = 0; i < steps; i++) {
      step((states.length + LANES - 1) / LANES * LANES);
    }
    ReducedState[] after = new ReducedState[states.length];
    for (int lane = 0; lane < states.length; lane++) {
      FilterAngle angle =
          cos[lane] > 0
              ? FilterAngle.ofRadians(Math.atan2(sin[lane], cos[lane]))
              : FilterAngle.ofSupplement(supplement[lane]);
      after[lane] = new ReducedState(angle, norm[lane], overlap[lane], sum[lane]);
    }
    return after;
  }

  private static Basin basin(double verdict) {
    if (verdict == GLOBAL) {
      return Basin.GLOBAL;
    }
    if (verdict == SPURIOUS) {
      return Basin.SPURIOUS;
    }
    return verdict == DIVERGED ? Basin.DIVERGED : Basin.UNDECIDED;
  }

  private void put(int lane, ReducedState state, int number, long step) {
    supplement[lane] = state.angle().supplement();
    cos[lane] = state.angle().cos();
    sin[lane] = state.angle().sin();
    norm[lane] = state.norm();
    overlap[lane] = state.overlap();
    sum[lane] = state.sum();
    start[lane] = number;
    began[lane] = step;
  }

  private void move(int from, int to) {
    supplement[to] = supplement[from];
    cos[to] = cos[from];
    sin[to] = sin[from];
    norm[to] = norm[from];
    overlap[to] = overlap[from];
    sum[to] = sum[from];
    verdict[to] = verdict[from];
    start[to] = start[from];
    began[to] = began[from];
  }

  /** One step of every lane. */
  private void step(int length) {
    double rate = reduction.stepSize() / (2 * Math.PI);
    double scale = reduction.scale();
    double total = reduction.sum();
    double squares = reduction.squares();
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    for (int lane = 0; lane < length; lane += LANES) {
      DoubleVector d = DoubleVector.fromArray(SPECIES, supplement, lane);
      DoubleVector c = DoubleVector.fromArray(SPECIES, cos, lane);
      DoubleVector s = DoubleVector.fromArray(SPECIES, sin, lane);
      DoubleVector r = DoubleVector.fromArray(SPECIES, norm, lane);
      DoubleVector x = DoubleVector.fromArray(SPECIES, overlap, lane);
      DoubleVector sigma = DoubleVector.fromArray(SPECIES, sum, lane);
      DoubleVector g = d.fma(c, s);

      DoubleVector t = x.mul(rate * scale).mul(d).mul(s).div(r.mul(r));
      DoubleVector h = t.fma(t, one).sqrt();
      VECTOR.cast(r.mul(h)).intoArray(norm, lane);

      // The pair turned by delta, and back on the unit circle by one step of Newton's.
      DoubleVector turnedCos = s.fma(t, c).div(h);
      DoubleVector turnedSin = c.mul(t).neg().add(s).div(h);
      DoubleVector length1 = turnedCos.fma(turnedCos, turnedSin.mul(turnedSin)).mul(-.5).add(1.5);
      VECTOR.cast(turnedCos.mul(length1)).intoArray(cos, lane);
      VECTOR.cast(turnedSin.mul(length1).abs()).intoArray(sin, lane);

      // tan(delta/2) = tan delta / (1 + 1/cos delta), three times.
      DoubleVector u = t.div(h.add(1));
      u = u.div(u.fma(u, one).sqrt().add(1));
      u = u.div(u.fma(u, one).sqrt().add(1));
      DoubleVector z = u.mul(u);
      DoubleVector series = DoubleVector.broadcast(SPECIES, ARCTANGENT[0]);
      for (int i = 1; i < ARCTANGENT.length; i++) {
        series = series.fma(z, DoubleVector.broadcast(SPECIES, ARCTANGENT[i]));
      }
      DoubleVector turned = d.add(series.mul(z).fma(u, u).mul(8)).abs();
      VECTOR.cast(turned.min(turned.neg().add(2 * Math.PI))).intoArray(supplement, lane);

      DoubleVector gained = g.sub(1).mul(scale * squares);
      DoubleVector overlapGradient =
          x.mul(Math.PI - 1).add(sigma.sub(scale * total).mul(total)).sub(gained);
      VECTOR.cast(overlapGradient.mul(-rate).add(x)).intoArray(overlap, lane);
      DoubleVector sumGradient =
          sigma.mul(reduction.largest()).sub(g.add(reduction.k() - 1).mul(scale * total));
      VECTOR.cast(sumGradient.mul(-rate).add(sigma)).intoArray(sum, lane);
    }
  }

  /** {@link Reduction#basin} of every lane. */
  private void judge(int length) {
    double scale = reduction.scale();
    double total = reduction.sum();
    double largest = reduction.largest();
    double outerShare = scale * total * total / largest;
    double decisive = reduction.isDecisive() ? 4 : Double.NEGATIVE_INFINITY;
    double furthest = 3 * scale * reduction.squares();
    double overshoot = reduction.overshoot();
    DoubleVector none = DoubleVector.zero(SPECIES);
    for (int lane = 0; lane < length; lane += LANES) {
      DoubleVector x = DoubleVector.fromArray(SPECIES, overlap, lane);
      DoubleVector r = DoubleVector.fromArray(SPECIES, norm, lane);
      DoubleVector sigma = DoubleVector.fromArray(SPECIES, sum, lane);
      DoubleVector g =
          DoubleVector.fromArray(SPECIES, supplement, lane)
              .fma(
                  DoubleVector.fromArray(SPECIES, cos, lane),
                  DoubleVector.fromArray(SPECIES, sin, lane));
      DoubleVector unsettled =
          sigma.sub(g.add(reduction.k() - 1).mul(scale * total / largest)).mul(total);
      DoubleVector inner = g.sub(1).mul(scale * reduction.squares());
      DoubleVector outer = g.neg().add(Math.PI).mul(outerShare);
      VectorMask<Double> proved =
          unsettled
              .abs()
              .mul(.5)
              .add(furthest)
              .max(x.abs())
              .mul(reduction.stepSize() * scale)
              .compare(VectorOperators.LE, r.mul(r).mul(decisive));
      VectorMask<Double> global =
          x.compare(VectorOperators.GT, none)
              .and(
                  outer
                      .mul(reduction.kappa())
                      .add(inner)
                      .compare(VectorOperators.GE, unsettled.max(unsettled.mul(-overshoot))))
              .and(proved);
      VectorMask<Double> spurious =
          x.compare(VectorOperators.LT, none)
              .and(
                  inner
                      .add(outer)
                      .neg()
                      .compare(VectorOperators.GE, unsettled.neg().max(unsettled.mul(overshoot))))
              .and(proved);
      // Infinity less itself is NaN, and so is NaN: neither equals 0.
      VectorMask<Double> diverged =
          x.sub(x).add(sigma.sub(sigma)).add(r.sub(r)).compare(VectorOperators.NE, none);
      DoubleVector verdicts =
          none.blend(GLOBAL, global).blend(SPURIOUS, spurious).blend(DIVERGED, diverged);
      VECTOR.cast(verdicts).intoArray(verdict, lane);
    }
  }
}
