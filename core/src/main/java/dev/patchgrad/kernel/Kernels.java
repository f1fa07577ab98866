package dev.patchgrad.kernel;

import dev.patchgrad.internal.Checks;
import dev.patchgrad.internal.Lack;
import dev.patchgrad.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The list of all single-gradient kernels, one entry each: tests, suites and the choice find a
 * kernel here.
 */
public final class Kernels {
  /** The name of the kernel for many students in one pass, which {@link #createStudents} makes. */
  public static final String STUDENTS = DoubleStudentsKernel.NAME;

  /** What {@link #STUDENTS} was called before, in tables and options that people still have. */
  private static final String FORMER_STUDENTS = "restarts";

  /**
   * The constructors are lambdas, not references: a reference loads the kernel's class at once,
   * which fails where the Vector API or EJML is missing.
   */
  private static final List<Entry> LIST =
      List.of(
          new Entry(
              DoubleScalarKernel.NAME,
              "row-major [n][k][p]",
              "any p, k: plain loops, the formula as it stands; what the others are compared with",
              KernelNeed.NOTHING,
              () -> new DoubleScalarKernel(),
              () -> new FloatScalarKernel()),
          new Entry(
              DoubleEjmlKernel.NAME,
              "row-major [n][k][p]",
              "any p, k: matrix operations over the whole batch; its scratch space grows with n k",
              KernelNeed.EJML,
              () -> new DoubleEjmlKernel(),
              () -> new FloatEjmlKernel()),
          new Entry(
              DoubleVectorKernel.NAME,
              "row-major [n][k][p]",
              "p of several vectors, and data that are used once and so not worth converting",
              KernelNeed.VECTORS,
              () -> new DoubleVectorKernel(),
              () -> new FloatVectorKernel()),
          new Entry(
              DoubleSingleTouchKernel.NAME,
              "[n][k][P], each patch padded to whole vectors",
              "p of two to eight vectors, where 32 registers hold a patch, w and s; long patches",
              KernelNeed.VECTORS,
              () -> new DoubleSingleTouchKernel(),
              () -> new FloatSingleTouchKernel()),
          new Entry(
              DoubleInterleavedKernel.NAME,
              "[n/L][k][p][L], L samples side by side",
              "small and middle p, and every p that is no multiple of the lanes; n of at least L",
              KernelNeed.VECTORS,
              () -> new DoubleInterleavedKernel(),
              () -> new FloatInterleavedKernel()));

  private static final List<String> NAMES =
      LIST.stream().map(entry -> entry.description().name()).toList();

  private static final List<KernelDescription> DESCRIPTIONS =
      LIST.stream().map(Entry::description).toList();

  /** A kernel of the list: what it is, what it needs, and how it is made in either precision. */
  private record Entry(
      KernelDescription description,
      KernelNeed need,
      Supplier<GradientKernel> doubles,
      Supplier<GradientKernel> floats) {
    Entry(
        String name,
        String layout,
        String shapes,
        KernelNeed need,
        Supplier<GradientKernel> doubles,
        Supplier<GradientKernel> floats) {
      this(new KernelDescription(name, layout, shapes), need, doubles, floats);
    }
  }

  private Kernels() {}

  /**
   * The names, the simplest kernel first.
   *
   * @return names that {@link #create} takes
   */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * What each kernel reads and is for, in the order of {@link #names}.
   *
   * @return a description of each
   */
  public static List<KernelDescription> descriptions() {
    return DESCRIPTIONS;
  }

  /**
   * The name of today for one that may be of before.
   *
   * @param name as it was recorded or typed
   * @return the name that a kernel has now; the same where it was never another, or is unknown
   */
  public static String currentName(String name) {
    return name.equals(FORMER_STUDENTS) ? STUDENTS : name;
  }

  /**
   * A new kernel with scratch space of its own.
   *
   * @param name one of {@link #names}
   * @param precision of the batches that it is to take
   * @return the kernel
   * @throws IllegalArgumentException if there is none of that name; the message lists the known
   * @throws UnsupportedOperationException if this JVM lacks what it needs, as {@link #missing} says
   */
  public static GradientKernel create(String name, Precision precision) {
    Entry entry = entry(name);
    entry.need().require(name, precision);
    return switch (precision) {
      case DOUBLE -> entry.doubles().get();
      case FLOAT -> entry.floats().get();
    };
  }

  private static Entry entry(String name) {
    return LIST.stream()
        .filter(entry -> entry.description().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "kernel: '"
                        + name
                        + "' is unknown; expected one of "
                        + String.join(", ", NAMES)));
  }

  private static KernelNeed need(String name) {
    return name.equals(STUDENTS) ? KernelNeed.VECTORS : entry(name).need();
  }

  /**
   * What this JVM lacks for a kernel.
   *
   * @param name one of {@link #names}, or {@link #STUDENTS}
   * @param precision of the batches that it is to take
   * @return why it cannot run here, such as {@code this JVM was started without
   *     --add-modules=jdk.incubator.vector}; empty where it can
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Optional<String> missing(String name, Precision precision) {
    return need(name).missing(precision).map(Lack::reason);
  }

  /**
   * Whether a kernel computes by the Vector API: a JVM without C2 runs it far slower than plain
   * loops.
   *
   * @param name one of {@link #names}, or {@link #STUDENTS}
   * @return whether it does
   * @throws IllegalArgumentException if there is none of that name
   */
  public static boolean usesVectors(String name) {
    return need(name) == KernelNeed.VECTORS;
  }

  /**
   * Whether the samples of a call can be divided among threads.
   *
   * @param name one of {@link #names}
   * @return false for a kernel that takes whole batches only
   * @throws IllegalArgumentException if there is none of that name
   * @throws UnsupportedOperationException if this JVM lacks what it needs in either precision
   */
  public static boolean isDivisible(String name) {
    return inEither(name) instanceof RangeKernel;
  }

  /** A kernel in a precision for which this JVM has what it needs. */
  private static GradientKernel inEither(String name) {
    Precision either =
        missing(name, Precision.DOUBLE).isEmpty() ? Precision.DOUBLE : Precision.FLOAT;
    return create(name, either);
  }

  /**
   * Whether a call can end after some samples and the next one go on, as {@link
   * #createStudents(String, Precision)} takes a block of samples for one student after the other.
   *
   * @param name one of {@link #names}
   * @return false for a kernel that takes all samples in one call
   * @throws IllegalArgumentException if there is none of that name
   * @throws UnsupportedOperationException if this JVM lacks what it needs in either precision
   */
  public static boolean isResumable(String name) {
    return inEither(name) instanceof ResumableKernel;
  }

  /**
   * Whether equal calls give the same bits from the first one on, compiled or not. The others sum
   * across the lanes of a vector, whose order the Vector API leaves open: their first calls may
   * differ from later ones in the last digits.
   *
   * @param name one of {@link #names}, or {@link #STUDENTS}
   * @return false for a kernel that sums across lanes
   * @throws IllegalArgumentException if there is none of that name
   */
  public static boolean isOrderFixed(String name) {
    need(name); // refuses an unknown one
    return !name.equals(DoubleVectorKernel.NAME) && !name.equals(DoubleSingleTouchKernel.NAME);
  }

  /**
   * A new kernel that divides samples among threads where that is faster; to be closed.
   *
   * @param name one of {@link #names}
   * @param precision of the batches that it is to take
   * @param threads the caller's included, at least 1
   * @return the kernel
   * @throws IllegalArgumentException if there is none of that name, it takes whole batches only, or
   *     threads is below 1
   * @throws UnsupportedOperationException if this JVM lacks what it needs, as {@link #missing} says
   */
  public static ThreadedKernel create(String name, Precision precision, int threads) {
    Checks.requirePositive("threads", threads);
    List<RangeKernel> kernels = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      if (!(create(name, precision) instanceof RangeKernel kernel)) {
        throw new IllegalArgumentException(
            "kernel: '" + name + "' takes whole batches only; expected one that takes a part");
      }
      kernels.add(kernel);
    }
    return new ThreadedKernel(kernels);
  }

  /**
   * A new kernel for many students over one batch, with scratch space of its own.
   *
   * @param precision of the batches that it is to take
   * @return the kernel
   * @throws UnsupportedOperationException if this JVM has no Vector API
   */
  public static StudentsKernel createStudents(Precision precision) {
    KernelNeed.VECTORS.require(STUDENTS, precision);
    return switch (precision) {
      case DOUBLE -> new DoubleStudentsKernel();
      case FLOAT -> new FloatStudentsKernel();
    };
  }

  /**
   * A new kernel for many students over one batch that computes one after the other, by a kernel
   * for one: in one pass, a block of samples at a time, where that kernel can stop between blocks
   * (that of layout [n/L][k][p][L]), else a pass for each.
   *
   * @param name one of {@link #names}
   * @param precision of the batches that it is to take
   * @return the kernel, of the same name and layout
   * @throws IllegalArgumentException if there is none of that name
   * @throws UnsupportedOperationException if this JVM lacks what it needs, as {@link #missing} says
   */
  public static StudentsKernel createStudents(String name, Precision precision) {
    GradientKernel kernel = create(name, precision);
    return kernel instanceof ResumableKernel
        ? new BlockStudentsKernel(kernel, () -> (ResumableKernel) create(name, precision))
        : new SeparateStudentsKernel(kernel);
  }

  /**
   * Many students by a kernel for one, with a pass for each.
   *
   * @param kernel for one, such as one with threads; used by the result, and to be closed where it
   *     is
   * @return the kernel, of the same name, precision and layout
   */
  public static StudentsKernel oneAfterTheOther(GradientKernel kernel) {
    return new SeparateStudentsKernel(kernel);
  }

  /**
   * The lanes that one pass computes for so many students: tiles come in three widths, and a lane
   * without a student takes as long as one with.
   *
   * @param precision of the batch
   * @param students at least 1
   * @return at least as many
   * @throws UnsupportedOperationException if this JVM has no Vector API
   */
  public static int studentLanes(Precision precision, int students) {
    KernelNeed.VECTORS.require(STUDENTS, precision);
    return switch (precision) {
      case DOUBLE -> DoubleStudentsKernel.lanes(students);
      case FLOAT -> FloatStudentsKernel.lanes(students);
    };
  }

  /**
   * The students of a whole tile, which one pass computes side by side.
   *
   * @param precision of the batch
   * @return at least 1
   * @throws UnsupportedOperationException if this JVM has no Vector API
   */
  public static int studentsSideBySide(Precision precision) {
    KernelNeed.VECTORS.require(STUDENTS, precision);
    return switch (precision) {
      case DOUBLE -> DoubleStudentTiles.WIDTH;
      case FLOAT -> FloatStudentTiles.WIDTH;
    };
  }

  /**
   * A new kernel for the four sign flips of a student, with scratch space of its own.
   *
   * @param precision of the batches that it is to take
   * @return the kernel
   * @throws UnsupportedOperationException if this JVM has no Vector API
   */
  public static SignFlipsKernel createSignFlips(Precision precision) {
    KernelNeed.VECTORS.require(DoubleSignFlipsKernel.NAME, precision);
    return switch (precision) {
      case DOUBLE -> new DoubleSignFlipsKernel();
      case FLOAT -> new FloatSignFlipsKernel();
    };
  }
}
