package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Student;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Gradient descent (Du et al. 2018, section 2): v &lt;- v - eta dl/dv and a &lt;- a - eta dl/da,
 * both at once; v is never renormalised. A plain student descends in w and a instead.
 *
 * <p>An immutable setting; each of {@link #stepSize}, {@link #mostIterations}, {@link #givingUp},
 * {@link #watchedBy} and {@link #cancelledBy} gives another. Threads may share it as far as they
 * may share its {@link Objective} and its listeners. A run diverged when its loss or a gradient is
 * no longer finite, or the loss is beyond a million times the larger of its start and that of a =
 * 0. Runs that start together descend in lockstep, each on its own; a run that ended leaves, and
 * the others go on.
 */
public final class GradientDescent {
  /** The iterations after which a run is given up, where nothing else is said. */
  public static final int MOST_ITERATIONS = 100_000;

  private final Objective objective;
  private final StepSize stepSize;
  private final StopRule until;
  private final Optional<StopRule> givingUp;
  private final int mostIterations;
  private final List<Watch> watches;
  private final BooleanSupplier cancelled;

  /** A listener, and how often it is told. */
  record Watch(int every, DescentListener listener) {}

  /**
   * Descent by the {@link StepSize#derived derived} step size, in at most {@value #MOST_ITERATIONS}
   * iterations.
   *
   * @param objective the loss that is descended
   * @param until what a run is to reach
   * @return the setting
   * @throws IllegalArgumentException if the rule needs a teacher that the objective does not know
   */
  public static GradientDescent of(Objective objective, StopRule until) {
    return new GradientDescent(objective, StepSize.derived(), until, MOST_ITERATIONS);
  }

  /**
   * A setting.
   *
   * @param objective the loss that is descended
   * @param stepSize eta
   * @param until what a run is to reach
   * @param mostIterations after which a run is given up; at least 0
   * @throws IllegalArgumentException if the rule needs a teacher that the objective does not know,
   *     or the number is below 0
   */
  GradientDescent(Objective objective, StepSize stepSize, StopRule until, int mostIterations) {
    this(objective, stepSize, until, Optional.empty(), mostIterations, List.of(), () -> false);
  }

  private GradientDescent(
      Objective objective,
      StepSize stepSize,
      StopRule until,
      Optional<StopRule> givingUp,
      int mostIterations,
      List<Watch> watches,
      BooleanSupplier cancelled) {
    if (mostIterations < 0) {
      throw new IllegalArgumentException(
          "mostIterations: " + mostIterations + " given; expected at least 0");
    }
    requireDecidable("until", until, objective);
    givingUp.ifPresent(rule -> requireDecidable("givingUp", rule, objective));
    this.objective = objective;
    this.stepSize = stepSize;
    this.until = until;
    this.givingUp = givingUp;
    this.mostIterations = mostIterations;
    this.watches = watches;
    this.cancelled = cancelled;
  }

  private static void requireDecidable(String name, StopRule rule, Objective objective) {
    if (rule.needsTeacher() && objective.teacher().isEmpty()) {
      throw new IllegalArgumentException(
          name
              + ": "
              + rule
              + " given, which needs a teacher; expected an objective that knows it, as"
              + " objective.labelledBy(teacher) gives it");
    }
  }

  /**
   * Goes by another step size.
   *
   * @param eta the step size
   * @return the setting
   */
  public GradientDescent stepSize(StepSize eta) {
    return new GradientDescent(objective, eta, until, givingUp, mostIterations, watches, cancelled);
  }

  /**
   * Gives a run up after another number of iterations.
   *
   * @param iterations at least 0
   * @return the setting
   * @throws IllegalArgumentException if the number is below 0
   */
  public GradientDescent mostIterations(int iterations) {
    return new GradientDescent(
        objective, stepSize, until, givingUp, iterations, watches, cancelled);
  }

  /**
   * Gives a run up where a rule holds, such as {@code StopRule.inBasin(Basin.SPURIOUS)}.
   *
   * @param rule the rule
   * @return the setting
   * @throws IllegalArgumentException if it needs a teacher that the objective does not know
   */
  public GradientDescent givingUp(StopRule rule) {
    return new GradientDescent(
        objective, stepSize, until, Optional.of(rule), mostIterations, watches, cancelled);
  }

  /**
   * Tells a listener of each run's start, of every so many iterations, and of its end. A run
   * without listeners pays nothing for them.
   *
   * @param every iterations between two calls, at least 1
   * @param listener told; several may listen
   * @return the setting
   * @throws IllegalArgumentException if {@code every} is below 1
   */
  public GradientDescent watchedBy(DescentListener listener, int every) {
    List<Watch> more = new ArrayList<>(watches);
    more.add(new Watch(Checks.requirePositive("every", every), listener));
    return new GradientDescent(
        objective, stepSize, until, givingUp, mostIterations, List.copyOf(more), cancelled);
  }

  /**
   * Stops where a signal says so, after the gradient that is under way; over a {@link
   * Objective#dataSet data set} in the middle of it. An interruption of the thread does the same in
   * any case, and stays set.
   *
   * @param signal asked at each iteration
   * @return the setting
   */
  public GradientDescent cancelledBy(BooleanSupplier signal) {
    return new GradientDescent(
        objective, stepSize, until, givingUp, mostIterations, watches, signal);
  }

  /**
   * Descends from one start.
   *
   * @param start copied
   * @return what came of it
   * @throws IllegalArgumentException if its k or p is not the objective's, a parameter is not
   *     finite, v = 0, or |v| is far from the labels' scale and the iterations too few for that;
   *     nothing is computed then
   * @throws IllegalStateException if the objective is for one thread, and another is at it
   */
  public DescentResult run(Student start) {
    return runAll(List.of(start)).getFirst();
  }

  /**
   * Descends from several starts together: each gradient of all of them is one call of the
   * objective, and one pass over the data with a kernel for many students.
   *
   * @param starts at least one, each copied
   * @return what came of each, in their order
   * @throws IllegalArgumentException as for {@link #run}
   */
  public List<DescentResult> runAll(List<Student> starts) {
    Checks.requirePositive("starts: size", starts.size());
    return OwnedObjective.during(objective, this::isCancelled, () -> runOwned(starts));
  }

  private List<DescentResult> runOwned(List<Student> starts) {
    LockstepRuns runs = new LockstepRuns(this);
    for (Student start : starts) {
      runs.add(start);
    }
    List<Optional<DescentResult>> results = new ArrayList<>();
    starts.forEach(start -> results.add(Optional.empty()));
    while (runs.areActive()) {
      runs.judge((run, result) -> results.set(run, Optional.of(result)));
      runs.move();
    }
    return results.stream().map(Optional::orElseThrow).toList();
  }

  /**
   * The warning that a run from here would carry: its step size is at or above the stable bound.
   *
   * @param start where it starts
   * @return the warning, or nothing
   * @throws IllegalArgumentException as for {@link #run}
   */
  public Optional<StepSizeWarning> warning(Student start) {
    requireFits(start);
    double bound = StepSize.stableBound(objective, start);
    double eta = stepSize.resolve(objective, start);
    return eta < bound ? Optional.empty() : Optional.of(new StepSizeWarning(eta, bound));
  }

  /**
   * Refuses a start of other sizes, or at which no gradient is defined, or whose |v| is so far from
   * the labels' scale that all iterations together would not bring it nearer.
   */
  void requireFits(Student start) {
    Checks.requireLength("start.v", start.p(), objective.p(), "p of the objective");
    Checks.requireLength("start.a", start.k(), objective.k(), "k of the objective");
    start.check();
    if (Checks.norm(start.v()) == 0) {
      throw new IllegalArgumentException(
          "start.v: all " + start.p() + " elements are 0; expected |v| > 0");
    }
    SlowStart.refuse(this, start);
  }

  @Override
  public String toString() {
    return "GradientDescent[objective="
        + objective
        + ", stepSize="
        + stepSize
        + ", until="
        + until
        + givingUp.map(rule -> ", givingUp=" + rule).orElse("")
        + ", mostIterations="
        + mostIterations
        + "]";
  }

  Objective objective() {
    return objective;
  }

  StepSize stepSize() {
    return stepSize;
  }

  StopRule until() {
    return until;
  }

  Optional<StopRule> givingUp() {
    return givingUp;
  }

  int mostIterations() {
    return mostIterations;
  }

  List<Watch> watches() {
    return watches;
  }

  /** Whether the caller, or the thread, was told to stop. */
  boolean isCancelled() {
    return cancelled.getAsBoolean() || Thread.currentThread().isInterrupted();
  }
}
