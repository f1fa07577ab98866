package dev.patchgrad.descent;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Parametrisation;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import dev.patchgrad.population.FilterAngle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Runs that descend in lockstep: those that ended leave, others may join.
 *
 * <p>A step makes no array, and a distance or a basin only if a rule or a listener asks for it.
 */
final class LockstepRuns {
  /** Told of each run that ended. */
  interface Ended {
    void accept(int run, DescentResult result);
  }

  /**
   * The step by which a plain student's basin is judged: that of the same network in normalised
   * form under gradient flow. The proof's bounds on a step are of normalised steps, and say nothing
   * of a plain one's.
   */
  private static final double FLOW = 1e-9;

  private final GradientDescent descent;

  private final Optional<Judge> judge;
  private final StopRule givingUp;
  private final List<Run> active = new ArrayList<>();
  private final List<Student> students = new ArrayList<>();
  private final List<Gradient> gradients = new ArrayList<>();
  private int started;

  /** Whether the active runs are the four sign flips of one start, none of which has moved. */
  private boolean areSignFlips;

  LockstepRuns(GradientDescent descent) {
    this.descent = descent;
    this.judge = descent.objective().teacher().map(Judge::new);
    StopRule limit = StopRule.after(descent.mostIterations());
    this.givingUp = descent.givingUp().map(rule -> rule.or(limit)).orElse(limit);
  }

  /** Lets a start join. */
  void add(Student start) {
    Optional<StepSizeWarning> warning = descent.warning(start);
    double eta = descent.stepSize().resolve(descent.objective(), start);
    Student student = start.copy();
    double judged = start.parametrisation() == Parametrisation.PLAIN ? FLOW : eta;
    active.add(new Run(started, eta, judge.map(known -> known.reduction(judged)), warning));
    students.add(student);
    gradients.add(Gradient.of(student));
    started++;
    areSignFlips = false;
  }

  /** Lets the four sign flips of a start join, in the order of {@link Initialisation#signFlips}. */
  void addSignFlips(Student start) {
    boolean alone = active.isEmpty();
    Initialisation.signFlips(start).forEach(this::add);
    areSignFlips = alone;
  }

  boolean areActive() {
    return !active.isEmpty();
  }

  /** Ends all runs, where they are. */
  void cancel(Ended ended) {
    for (int i = active.size() - 1; i >= 0; i--) {
      end(i, Ending.CANCELLED, ended);
    }
  }

  /** Computes all gradients where the runs are, and ends those that are at an end. */
  void judge(Ended ended) {
    try {
      evaluate();
    } catch (CancellationException inTheMiddle) {
      cancel(ended);
      return;
    }
    boolean cancelled = descent.isCancelled();
    for (int i = active.size() - 1; i >= 0; i--) {
      active.get(i).read(gradients.get(i), descent.objective().lossAtZero());
      Optional<Ending> ending = ending(i);
      if (ending.isEmpty() && cancelled) {
        ending = Optional.of(Ending.CANCELLED);
      }
      tell(i, ending.isPresent());
      if (ending.isPresent()) {
        end(i, ending.get(), ended);
      }
    }
  }

  private void evaluate() {
    if (areSignFlips) {
      descent.objective().evaluateSignFlips(students.getFirst(), gradients);
      areSignFlips = false; // the four part ways with their first step
    } else {
      descent.objective().evaluate(students, gradients);
    }
  }

  /** Takes a step with each of the others. */
  void move() {
    for (int i = 0; i < active.size(); i++) {
      double eta = active.get(i).eta;
      descend(students.get(i).v(), gradients.get(i).dv(), eta);
      descend(students.get(i).a(), gradients.get(i).da(), eta);
      active.get(i).iteration++;
    }
  }

  private Optional<Ending> ending(int i) {
    Run run = active.get(i);
    if (run.isBeyondMeasure()) {
      return Optional.of(Ending.DIVERGED);
    }
    if (holds(descent.until(), i)) {
      return Optional.of(Ending.REACHED);
    }
    return holds(givingUp, i) ? Optional.of(Ending.GIVEN_UP) : Optional.empty();
  }

  private boolean holds(StopRule rule, int i) {
    Run run = active.get(i);
    return switch (rule) {
      case StopRule.LossAtMost loss -> run.loss <= loss.bound();
      case StopRule.LossShareAtMost share ->
          run.loss <= share.share() * descent.objective().lossAtZero();
      case StopRule.GradientAtMost gradient -> run.gradientNorm <= gradient.bound();
      case StopRule.After after -> run.iteration >= after.iterations();
      case StopRule.FilterWithin filter ->
          judge.orElseThrow().distance(students.get(i)).filter() <= filter.distance();
      case StopRule.WeightsWithin weights ->
          judge.orElseThrow().distance(students.get(i)).weights() <= weights.distance();
      case StopRule.WeightsShareWithin weights -> {
        Judge known = judge.orElseThrow();
        yield known.distance(students.get(i)).weights() <= weights.share() * known.scale;
      }
      case StopRule.InBasin in -> basin(i) == in.basin();
      case StopRule.AnyOf any -> {
        for (int r = 0; r < any.rules().size(); r++) {
          if (holds(any.rules().get(r), i)) {
            yield true;
          }
        }
        yield false;
      }
      case StopRule.AllOf all -> {
        for (int r = 0; r < all.rules().size(); r++) {
          if (!holds(all.rules().get(r), i)) {
            yield false;
          }
        }
        yield true;
      }
    };
  }

  private Basin basin(int i) {
    return active
        .get(i)
        .reduction
        .map(reduction -> reduction.basin(judge.orElseThrow().state(students.get(i))))
        .orElse(Basin.UNDECIDED);
  }

  private void tell(int i, boolean last) {
    for (int listener = 0; listener < descent.watches().size(); listener++) {
      GradientDescent.Watch watch = descent.watches().get(listener);
      if (last || active.get(i).iteration % watch.every() == 0) {
        watch.listener().at(point(i));
      }
    }
  }

  private DescentPoint point(int i) {
    Run run = active.get(i);
    Student student = students.get(i);
    return new DescentPoint(
        run.number,
        run.iteration,
        run.loss,
        run.gradientNorm,
        Checks.norm(student.v()),
        Checks.norm(student.a()),
        judge.map(known -> known.distance(student)));
  }

  private static void descend(double[] parameters, double[] derivatives, double eta) {
    for (int c = 0; c < parameters.length; c++) {
      parameters[c] -= eta * derivatives[c];
    }
  }

  private void end(int i, Ending ending, Ended ended) {
    Basin basin = ending == Ending.DIVERGED ? Basin.DIVERGED : basin(i);
    Run run = active.remove(i);
    Student student = students.remove(i);
    gradients.remove(i);
    ended.accept(
        run.number,
        new DescentResult(
            student,
            run.loss,
            run.gradientNorm,
            run.iteration,
            ending,
            basin,
            run.eta,
            run.warning));
  }

  /** What is known of one run beside its student and gradient. */
  private static final class Run {
    /** From here on no step of a run that will converge comes back. */
    private static final double BEYOND_MEASURE = 1e6;

    /** Parameters beyond it would overflow when squared. */
    private static final double LONGEST_STEP = 1e150;

    private final int number;
    private final double eta;
    private final Optional<Reduction> reduction;
    private final Optional<StepSizeWarning> warning;
    private int iteration;
    private double loss = Double.NaN;
    private double gradientNorm = Double.NaN;
    private double largestLoss;

    Run(int number, double eta, Optional<Reduction> reduction, Optional<StepSizeWarning> warning) {
      this.number = number;
      this.eta = eta;
      this.reduction = reduction;
      this.warning = warning;
    }

    void read(Gradient gradient, double lossAtZero) {
      loss = gradient.loss();
      gradientNorm = norm(gradient);
      if (iteration == 0) {
        largestLoss = BEYOND_MEASURE * Math.max(loss, lossAtZero);
      }
    }

    boolean isBeyondMeasure() {
      return !(loss <= largestLoss && eta * gradientNorm <= LONGEST_STEP);
    }

    private static double norm(Gradient gradient) {
      double squares = squares(gradient.dv(), 1) + squares(gradient.da(), 1);
      // Between these bounds no square overflowed, or lost digits that count.
      if (squares > 0x1p-900 && squares < Double.POSITIVE_INFINITY) {
        return Math.sqrt(squares);
      }
      double largest = Math.max(largest(gradient.dv()), largest(gradient.da()));
      if (!(largest > 0 && largest < Double.POSITIVE_INFINITY)) {
        return largest;
      }
      int exponent = Math.getExponent(largest);
      double unit = Math.scalb(1.0, -exponent);
      squares = squares(gradient.dv(), unit) + squares(gradient.da(), unit);
      return Math.scalb(Math.sqrt(squares), exponent);
    }

    private static double squares(double[] values, double unit) {
      double squares = 0;
      for (double value : values) {
        squares += value * unit * (value * unit);
      }
      return squares;
    }

    private static double largest(double[] values) {
      double largest = 0;
      for (double value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
      return largest;
    }
  }

  /** What only the teacher decides. */
  private static final class Judge {
    private final Teacher teacher;
    private final double[] target;
    private final double[] targetWeights;

    /** |w*| |a*|. */
    private final double scale;

    Judge(Teacher teacher) {
      this.teacher = teacher;
      this.target = teacher.w();
      this.targetWeights = teacher.a();
      this.scale = LabelScale.of(teacher);
    }

    Reduction reduction(double eta) {
      return Reduction.of(teacher, eta);
    }

    TeacherDistance distance(Student student) {
      return TeacherDistance.between(student, target, targetWeights);
    }

    /** The four numbers; without normalisation those of the same network in normalised form. */
    ReducedState state(Student student) {
      double norm = Checks.norm(student.v());
      double own = student.parametrisation() == Parametrisation.PLAIN ? norm : 1;
      double overlap = 0;
      double sum = 0;
      double[] a = student.a();
      for (int j = 0; j < a.length; j++) {
        overlap += own * a[j] * targetWeights[j];
        sum += own * a[j];
      }
      return new ReducedState(FilterAngle.between(student.v(), target), norm, overlap, sum);
    }
  }
}
