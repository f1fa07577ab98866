package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.internal.Lack;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.kernel.ThreadedKernel;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Teacher;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The choice from made-up tables; sizes are multiples of every lane count, but where said. */
class KernelChooserTest {
  private static final String SIMPLE = Kernels.names().get(0);
  private static final String MIDDLE = Kernels.names().get(1);
  private static final String LAST = Kernels.names().getLast();
  private static final Machine HERE =
      new Machine("AuthenticAMD", "AMD EPYC", "25", "1", 2, 4, "avx2", 256);
  private static final Workload WANTED = Workload.of(Precision.DOUBLE).k(64).p(64).n(64);

  private final RecordingLogger logger = new RecordingLogger();
  private final FallbackLog log = new FallbackLog(logger);
  private final StringBuilder table = new StringBuilder("patchgrad-measured-times\t1\n");

  private KernelChooserTest line(Object... fields) {
    table
        .append(String.join("\t", List.of(fields).stream().map(String::valueOf).toList()))
        .append('\n');
    return this;
  }

  /** The machine {@link #HERE}, with a model number and vectors that may differ. */
  private KernelChooserTest machine(String id, String modelNumber, String instructions, int bits) {
    return machine(id, modelNumber, instructions, bits, "none");
  }

  private KernelChooserTest machine(
      String id, String modelNumber, String instructions, int bits, String simulated) {
    return line(
        "machine",
        id,
        "Zen 3",
        "AuthenticAMD",
        "AMD EPYC",
        "25",
        modelNumber,
        2,
        4,
        instructions,
        bits,
        simulated,
        "25",
        "2026-11-24T00:00:00Z");
  }

  private KernelChooserTest time(String id, int p, int k, String kernel, double slowdown) {
    String noise = slowdown <= 1.05 ? "within" : "beyond";
    return line("time", id, "double", 1, 1, p, k, 64, kernel, slowdown, noise);
  }

  private KernelChooser chooser(Properties system) {
    return chooser(system, Optional.empty());
  }

  private KernelChooser chooser(Properties system, Optional<Lack> noVectors) {
    try {
      MeasuredTimes times = MeasuredTimes.read(new StringReader(table.toString()), "test");
      return new KernelChooser(HERE, times, system, noVectors, log);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Choice choose(Workload workload) {
    return chooser(new Properties()).choose(workload);
  }

  @Test
  void theSameHardwareGoesBeforeAllOthers() {
    line("microarchitecture", "Zen 3", "AuthenticAMD", "25", "1,80");
    machine("sister", "80", "avx2", 256).time("sister", 64, 64, SIMPLE, 1);
    time("sister", 64, 64, LAST, 2);
    machine("same", "1", "avx2", 256).time("same", 64, 64, LAST, 1).time("same", 64, 64, SIMPLE, 2);
    Choice choice = choose(WANTED);
    assertThat(choice.kernel()).isEqualTo(LAST);
    assertThat(choice.explain())
        .contains("recorded with exactly this hardware: same")
        .contains("\nexpected time: " + LAST + " 1.00, " + SIMPLE + " 2.00");
  }

  @Test
  void theSameHardwareWithOtherVectorsIsNotTheSame() {
    machine("narrow", "1", "avx2", 128).time("narrow", 64, 64, LAST, 1);
    machine("wide", "80", "avx2", 256).time("wide", 64, 64, MIDDLE, 1);
    Choice choice = choose(WANTED);
    assertThat(choice.kernel()).isEqualTo(MIDDLE);
    assertThat(choice.explain())
        .contains("exactly this hardware: not recorded")
        .contains("the most like this one first: wide (weight 1.00)");
  }

  /** The first has other vectors; the second was given a flag that takes nothing away here. */
  @Test
  void aMachineThatPretendsIsNeverTakenForTheMachineItself() {
    machine("narrow", "1", "avx2", 128, "MaxVectorSize=16").time("narrow", 64, 64, SIMPLE, 1);
    machine("flagged", "1", "avx2", 256, "UseAVX=2").time("flagged", 64, 64, MIDDLE, 1);
    time("flagged", 64, 64, LAST, 3);
    machine("itself", "1", "avx2", 256).time("itself", 64, 64, LAST, 1);
    time("itself", 64, 64, MIDDLE, 1.4);
    Choice choice = choose(WANTED);
    assertThat(choice.explain()).contains("recorded with exactly this hardware: itself");
    assertThat(choice.kernel()).isEqualTo(LAST);
  }

  @Test
  void aMachineThatPretendsIsTakenWhereNoOtherHasTheseVectors() {
    machine("narrow", "1", "avx2", 128).time("narrow", 64, 64, SIMPLE, 1);
    machine("pretends", "80", "avx2", 256, "UseAVX=2").time("pretends", 64, 64, MIDDLE, 1);
    assertThat(choose(WANTED).explain())
        .contains("the most like this one first: pretends (weight 0.88: pretends UseAVX=2)");
  }

  /** Vector kernels are a thousand times slower there, and would be the default's worst case. */
  @Test
  void aMachineWithoutFusedMultiplyAddSaysNothingOfOneThatHasIt() {
    machine("old", "1", "sse-without-fma", 128).time("old", 64, 64, SIMPLE, 1);
    time("old", 64, 64, LAST, 1000);
    assertThat(choose(WANTED).explain()).contains("since nothing is recorded");
    machine("other", "80", "avx512", 512).time("other", 64, 64, LAST, 1);
    time("other", 64, 64, SIMPLE, 5);
    Choice choice = choose(WANTED);
    assertThat(choice.kernel()).isEqualTo(LAST);
    assertThat(choice.explain()).contains("the most like this one first: other (weight");
  }

  @Test
  void theSameMicroarchitectureGoesBeforeTheSameVectors() {
    line("microarchitecture", "Zen 3", "AuthenticAMD", "25", "1,80");
    line(
        "machine",
        "intel",
        "Haswell",
        "GenuineIntel",
        "Xeon",
        "6",
        "63",
        2,
        4,
        "avx2",
        256,
        "none",
        "25",
        "2026-11-24T00:00:00Z");
    time("intel", 64, 64, MIDDLE, 1);
    machine("sister", "80", "avx2", 256).time("sister", 64, 64, LAST, 1);
    Choice choice = choose(WANTED);
    assertThat(choice.kernel()).isEqualTo(LAST);
    assertThat(choice.explain()).contains("its microarchitecture, Zen 3").contains(": sister");
  }

  @Test
  void onAnUnknownMachineTheKernelWhoseMeanByLikenessIsLeastIsTaken() {
    machine("one", "7", "avx512", 512);
    time("one", 64, 64, SIMPLE, 3).time("one", 64, 64, MIDDLE, 1.4).time("one", 64, 64, LAST, 1);
    machine("two", "8", "neon", 128);
    time("two", 64, 64, SIMPLE, 1).time("two", 64, 64, MIDDLE, 1.3).time("two", 64, 64, LAST, 2);
    Choice choice = choose(WANTED);
    assertThat(choice.kernel()).isEqualTo(MIDDLE);
    assertThat(choice.explain())
        .contains("avx2 in vectors of 256 bits: not recorded")
        .contains("one (weight 0.61: vectors of 512 for 256, vector registers 32 for 16), two (")
        // The means of two machines that are as unlike: sqrt(1.4 * 1.3), sqrt(2), sqrt(3).
        .contains("expected time: " + MIDDLE + " 1.35, " + LAST + " 1.41, " + SIMPLE + " 1.73");
  }

  @Test
  void aMachineThatMeasuredTheOtherPrecisionAloneIsPassedOver() {
    machine("same", "1", "avx2", 256);
    line("time", "same", "float", 1, 1, 64, 64, 64, LAST, 1, "within");
    machine("other", "7", "avx512", 512).time("other", 64, 64, MIDDLE, 1);
    Choice choice = choose(WANTED);
    assertThat(choice.kernel()).isEqualTo(MIDDLE);
    assertThat(choice.explain())
        .contains("recorded with exactly this hardware, but none was measured in double")
        .doesNotContain("recorded with its microarchitecture");
  }

  @Test
  void anEmptyTableGivesTheSimplestKernel() {
    Choice choice = choose(WANTED);
    assertThat(choice.kernel()).isEqualTo(SIMPLE);
    assertThat(choice.explain()).contains("nothing is recorded");
  }

  @Test
  void betweenPointsTheNearestInTheLogarithmsWeighsMost() {
    machine("same", "1", "avx2", 256);
    for (int k : new int[] {16, 256}) {
      time("same", 16, k, MIDDLE, 1).time("same", 16, k, LAST, 2);
      time("same", 256, k, MIDDLE, 2).time("same", 256, k, LAST, 1);
    }
    // The geometric mean of 16 and 256 is 64; the arithmetic mean, 136, is far beyond it.
    assertThat(choose(Workload.of(Precision.DOUBLE).k(64).p(48).n(64)).kernel()).isEqualTo(MIDDLE);
    assertThat(choose(Workload.of(Precision.DOUBLE).k(64).p(80).n(64)).kernel()).isEqualTo(LAST);
  }

  @Test
  void beyondTheGridItsEdgeHolds() {
    machine("same", "1", "avx2", 256);
    time("same", 16, 16, MIDDLE, 1).time("same", 16, 16, LAST, 2);
    time("same", 256, 16, MIDDLE, 2).time("same", 256, 16, LAST, 1);
    assertThat(choose(Workload.of(Precision.DOUBLE).k(1).p(16).n(64)).kernel()).isEqualTo(MIDDLE);
    assertThat(choose(Workload.of(Precision.DOUBLE).k(1 << 9).p(1 << 20).n(64)).kernel())
        .isEqualTo(LAST);
  }

  @Test
  void whereTheGridHasAHoleTheNearestPointHolds() {
    machine("same", "1", "avx2", 256);
    time("same", 16, 16, MIDDLE, 1).time("same", 16, 16, LAST, 2);
    time("same", 256, 256, MIDDLE, 2).time("same", 256, 256, LAST, 1);
    Choice choice = choose(Workload.of(Precision.DOUBLE).k(64).p(32).n(64));
    assertThat(choice.kernel()).isEqualTo(MIDDLE);
    assertThat(choice.explain()).contains("p 16, k 16, n 64 (100 %)");
  }

  @Test
  void theBatchOfTheNearestSizeIsGoneBy() {
    machine("same", "1", "avx2", 256);
    time("same", 64, 64, SIMPLE, 1).time("same", 64, 64, LAST, 2);
    line("time", "same", "double", 1, 1, 64, 64, 1 << 16, SIMPLE, 2, "beyond");
    line("time", "same", "double", 1, 1, 64, 64, 1 << 16, LAST, 1, "within");
    assertThat(choose(Workload.of(Precision.DOUBLE).k(64).p(64).n(1 << 10)).kernel())
        .isEqualTo(SIMPLE);
    assertThat(choose(Workload.of(Precision.DOUBLE).k(64).p(64).n(1 << 12)).kernel())
        .isEqualTo(LAST);
    // On 64 threads each has 64 samples.
    assertThat(
            choose(Workload.of(Precision.DOUBLE).k(64).p(64).n(1 << 12).withThreads(64)).kernel())
        .isEqualTo(SIMPLE);
  }

  @Test
  void withinTheNoiseTheSimplestIsTaken() {
    machine("same", "1", "avx2", 256);
    time("same", 64, 64, MIDDLE, 1.04).time("same", 64, 64, LAST, 1);
    Choice choice = choose(WANTED);
    assertThat(choice.kernel()).isEqualTo(MIDDLE);
    assertThat(choice.explain()).contains("the simplest of those");
  }

  @Test
  void upToTheLimitItselfAKernelIsIndistinct() {
    machine("same", "1", "avx2", 256);
    time("same", 64, 64, MIDDLE, KernelChooser.INDISTINCT_SLOWDOWN).time("same", 64, 64, LAST, 1);
    assertThat(choose(WANTED).kernel()).isEqualTo(MIDDLE);
  }

  /** The limit is a share of the least expected time, whatever that is. */
  @Test
  void aConversionCountsInWhatIsIndistinct() {
    String other =
        Candidates.of(Precision.DOUBLE).layouts().entrySet().stream()
            .filter(entry -> !entry.getValue().equals(Layout.ROW_MAJOR))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    double conversion = DefaultCosts.conversion(WANTED.patchBytes());
    machine("same", "1", "avx2", 256);
    time("same", 64, 64, other, 1);
    // A conversion takes about as long as a gradient then, so that the limit is about 2.1.
    int evaluations = (int) Math.round(conversion);
    double slowdown = 1.04 * (1 + conversion / evaluations);
    line("time", "same", "double", 1, 1, 64, 64, 64, SIMPLE, slowdown, "within");
    assertThat(choose(WANTED.withEvaluations(evaluations)).kernel()).isEqualTo(SIMPLE);
  }

  @Test
  void aKnownMicroarchitectureThatWasNotMeasuredWithTheseVectorsIsNamed() {
    line("microarchitecture", "Zen 3", "AuthenticAMD", "25", "1,80");
    machine("narrow", "80", "avx2", 128).time("narrow", 64, 64, LAST, 1);
    assertThat(choose(WANTED).explain())
        .contains("its microarchitecture, Zen 3, with avx2 in vectors of 256 bits: not recorded");
  }

  @Test
  void kernelsOfWhichMostIsExpectedAreMeasuredFirst() {
    assertThat(
            KernelChooser.byPromise(
                List.of("a", "b", "c", "d"), Map.of("a", 2.0, "c", 1.0, "d", 1.5)))
        .containsExactly("c", "d", "a", "b");
  }

  @Test
  void beyondTheNoiseTheSimplestIsNotTaken() {
    machine("same", "1", "avx2", 256);
    line("time", "same", "double", 1, 1, 64, 64, 64, MIDDLE, 1.04, "beyond");
    time("same", 64, 64, LAST, 1);
    assertThat(choose(WANTED).kernel()).isEqualTo(LAST);
  }

  @Test
  void paddingCountsInTheExpectedTime() {
    Map<String, Layout> layouts = Candidates.of(Precision.DOUBLE).layouts();
    String padding =
        layouts.entrySet().stream()
            .filter(entry -> entry.getValue().storedSamples(1) > 1)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    machine("same", "1", "avx2", 256);
    time("same", 64, 64, padding, 1).time("same", 64, 64, MIDDLE, 1.5);
    assertThat(choose(Workload.of(Precision.DOUBLE).k(64).p(64).n(16)).kernel()).isEqualTo(padding);
    // One sample takes the place of at least two.
    assertThat(choose(Workload.of(Precision.DOUBLE).k(64).p(64).n(1)).kernel()).isEqualTo(MIDDLE);
  }

  @Test
  void aConversionMustBePaidBack() {
    String other =
        Candidates.of(Precision.DOUBLE).layouts().entrySet().stream()
            .filter(entry -> !entry.getValue().equals(Layout.ROW_MAJOR))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    machine("same", "1", "avx2", 256);
    time("same", 64, 64, other, 1).time("same", 64, 64, MIDDLE, 1.5);
    assertThat(choose(WANTED.withEvaluations(1)).kernel()).isEqualTo(MIDDLE);
    assertThat(choose(WANTED.withEvaluations(1000)).kernel()).isEqualTo(other);
  }

  private KernelChooserTest students(int students, String kernel, double slowdown) {
    String noise = slowdown <= 1.05 ? "within" : "beyond";
    return line("time", "same", "double", students, 1, 64, 64, 64, kernel, slowdown, noise);
  }

  /** A whole number of them: no lane is without a student. */
  private static final int FULL = 2 * Kernels.studentsSideBySide(Precision.DOUBLE);

  @Test
  void severalStudentsTakeWhatWasMeasuredOfSeveral() {
    machine("same", "1", "avx2", 256).time("same", 64, 64, LAST, 1);
    students(FULL, Kernels.STUDENTS, 1).students(FULL, LAST, 1.3);
    Choice choice = choose(WANTED.withStudents(FULL));
    assertThat(choice.isTogether()).isTrue();
    assertThat(choice.kernel()).isEqualTo(Kernels.STUDENTS);
    assertThat(choice.createStudents().name()).isEqualTo(Kernels.STUDENTS);
    assertThat(choice.explain())
        .contains("p 64, k 64, n 64, " + FULL + " students (100 %)")
        .contains("taken: students in one pass, the fastest");
    assertThatThrownBy(choice::create)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("createStudents");
    Choice single = choose(WANTED);
    assertThat(single.isTogether()).isFalse();
    assertThat(single.kernel()).isEqualTo(LAST);
    assertThat(single.create()).isNotInstanceOf(ThreadedKernel.class);
  }

  @Test
  void lanesWithoutAStudentCountInTheExpectedTime() {
    machine("same", "1", "avx2", 256).time("same", 64, 64, LAST, 1);
    students(FULL, Kernels.STUDENTS, 1).students(FULL, LAST, 1.3);
    // One more than fill half of a tile take all of it: 4/3 of the time a student at least.
    Choice half = choose(WANTED.withStudents(FULL / 4 + 1));
    assertThat(half.kernel()).isEqualTo(LAST);
    assertThat(half.explain()).contains(LAST + " for one student after the other, the fastest");
    assertThat(half.createStudents().name()).isEqualTo(LAST);
    assertThat(choose(WANTED.withStudents(FULL / 2)).isTogether()).isTrue();
  }

  @Test
  void whereNoneMeasuredSeveralARuleOfThumbHolds() {
    machine("same", "1", "avx2", 256).time("same", 64, 64, LAST, 1);
    time("same", 64, 64, MIDDLE, 1.2);
    Choice full = choose(WANTED.withStudents(FULL));
    assertThat(full.isTogether()).isTrue();
    // One pass takes 0.545 of as many at p 64: 1 / 0.545 = 1.83, and 1.2 times that.
    assertThat(full.explain())
        .contains("exactly this hardware, for one student at a time: same")
        .contains("students 1.00, " + LAST + " 1.83, " + MIDDLE + " 2.20");
    // Two students in four lanes or more: 0.545 * 2 passes. Short vectors have a tile of two.
    boolean filled = Kernels.studentLanes(Precision.DOUBLE, 2) == 2;
    assertThat(choose(WANTED.withStudents(2)).kernel()).isEqualTo(filled ? Kernels.STUDENTS : LAST);
    // At small p the kernels for one are as fast: 1.12.
    assertThat(choose(Workload.of(Precision.DOUBLE).k(64).p(8).n(64).withStudents(FULL)).kernel())
        .isEqualTo(LAST);
  }

  @Test
  void threadsShareTheStudentsWhereThereAreSeveral() {
    machine("same", "1", "avx2", 256).time("same", 64, 64, LAST, 1);
    Choice shared = choose(WANTED.withStudents(FULL).withThreads(FULL));
    assertThat(shared.kernel()).isEqualTo(LAST);
    assertThat(shared.explain())
        .contains("each of " + FULL + " threads takes 1 of the students, with a kernel of its own");
    assertThat(choose(WANTED.withStudents(2 * FULL).withThreads(2)).isTogether()).isTrue();
  }

  @Test
  void threadsShareTheSamplesOfOneStudent() {
    machine("same", "1", "avx2", 256).time("same", 64, 64, LAST, 1);
    time("same", 64, 64, "ejml", 1).time("same", 64, 64, SIMPLE, 1.5);
    Choice choice = choose(WANTED.withThreads(2));
    // EJML's operations take whole batches.
    assertThat(choice.kernel()).isEqualTo(LAST);
    assertThat(choice.explain()).contains("2 threads share the samples").doesNotContain("ejml");
    try (ThreadedKernel kernel = (ThreadedKernel) choice.create()) {
      assertThat(kernel.threads()).isEqualTo(2);
    }
  }

  @Test
  void theSystemPropertyMayNameTheOnePassWhereThereAreSeveralStudents() {
    Properties system = new Properties();
    system.setProperty(KernelChooser.PROPERTY, Kernels.STUDENTS);
    assertThat(chooser(system).choose(WANTED.withStudents(2)).isTogether()).isTrue();
    assertThatThrownBy(() -> chooser(system).choose(WANTED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("patchgrad.kernel: 'students' given; expected one of ");
  }

  @Test
  void aConversionIsSpreadOverTheStudentsToo() {
    String other =
        Candidates.of(Precision.DOUBLE).layouts().entrySet().stream()
            .filter(entry -> !entry.getValue().equals(Layout.ROW_MAJOR))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    machine("same", "1", "avx2", 256);
    students(1000, other, 1).students(1000, MIDDLE, 1.5);
    assertThat(choose(WANTED.withStudents(1000).withEvaluations(1)).kernel()).isEqualTo(other);
    assertThat(choose(WANTED.withStudents(2).withEvaluations(1)).kernel()).isEqualTo(MIDDLE);
  }

  @Test
  void aKernelThatNoMachineHasIsLeftOutAndNamed() {
    machine("same", "1", "avx2", 256).time("same", 64, 64, LAST, 1);
    String others = String.join(", ", Kernels.names().subList(0, Kernels.names().size() - 1));
    assertThat(choose(WANTED).explain())
        .contains("left out, since no recorded machine has it: " + others + "\n");
  }

  @Test
  void aRecordedKernelThatThereIsNoMoreIsNotTaken() {
    machine("same", "1", "avx2", 256).time("same", 64, 64, "former", 1);
    time("same", 64, 64, LAST, 2);
    assertThat(choose(WANTED).kernel()).isEqualTo(LAST);
  }

  @Test
  void theSystemPropertyOverridesTheTable() {
    machine("same", "1", "avx2", 256).time("same", 64, 64, LAST, 1);
    Properties system = new Properties();
    system.setProperty(KernelChooser.PROPERTY, SIMPLE);
    Choice choice = chooser(system).choose(WANTED);
    assertThat(choice.kernel()).isEqualTo(SIMPLE);
    assertThat(choice.explain()).contains("the system property patchgrad.kernel says so");
  }

  @Test
  void aSystemPropertyThatNamesNoKernelIsRefused() {
    Properties system = new Properties();
    system.setProperty(KernelChooser.PROPERTY, "fastest");
    assertThatThrownBy(() -> chooser(system).choose(WANTED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "patchgrad.kernel: 'fastest' given; expected one of "
                + String.join(", ", Kernels.names()));
  }

  @Test
  void theTableOfThisLibraryIsSoundAndGivesAKernelForEveryShape() {
    KernelChooser chooser =
        new KernelChooser(
            Machine.ofThisJvm(),
            MeasuredTimes.ofThisLibrary(),
            new Properties(),
            Optional.empty(),
            log);
    for (Precision precision : Precision.values()) {
      for (int size : new int[] {1, 3, 100, 10_000}) {
        for (int threads : new int[] {1, 3}) {
          Choice choice =
              chooser.choose(Workload.of(precision).k(size).p(size).n(size).withThreads(threads));
          assertThat(Kernels.names()).contains(choice.kernel());
          assertThat(choice.explain()).contains("taken: " + choice.kernel());
          try (BatchLoss loss = loss(choice)) {
            assertThat(loss.choice()).isEqualTo(choice);
          }
        }
        for (int students : new int[] {2, 100}) {
          Choice choice =
              chooser.choose(Workload.of(precision).k(size).p(size).n(size).withStudents(students));
          assertThat(choice.explain()).contains("taken: " + choice.kernel());
          assertThat(choice.createStudents().name()).isEqualTo(choice.kernel());
        }
      }
    }
  }

  /** The reports wrote the marks, by a limit of their own that must be this chooser's. */
  @Test
  void theTableOfThisLibraryMarksNothingAsIndistinctThatTheChooserTellsApart() {
    MeasuredTimes times = MeasuredTimes.ofThisLibrary();
    List<Double> indistinct =
        times.machines().stream()
            .flatMap(
                machine ->
                    Arrays.stream(Precision.values())
                        .flatMap(precision -> times.points(machine.id(), precision).stream()))
            .flatMap(point -> point.kernels().values().stream())
            .filter(MeasuredTimes.Entry::withinNoise)
            .map(MeasuredTimes.Entry::slowdown)
            .toList();
    assertThat(indistinct)
        .isNotEmpty()
        .allMatch(slowdown -> slowdown <= KernelChooser.INDISTINCT_SLOWDOWN);
    // Some of them are near the limit, or this would hold for a lower one.
    assertThat(Collections.max(indistinct)).isGreaterThan(1.03);
  }

  private static BatchLoss loss(Choice choice) {
    return BatchLoss.of(
            GaussianData.of(Teacher.of(new double[] {1}, new double[] {1}))
                .n(3)
                .seed(1)
                .batch(choice.workload().precision()))
        .by(choice);
  }

  private static Properties jdk(String release) {
    Properties system = new Properties();
    system.setProperty("java.specification.version", release);
    return system;
  }

  @Test
  void aChoiceByThisMachineAndJdkIsSilent() {
    line("microarchitecture", "Zen 3", "AuthenticAMD", "25", "1,80");
    machine("sister", "80", "avx2", 256).time("sister", 64, 64, LAST, 1);
    chooser(jdk("25")).choose(WANTED);
    machine("same", "1", "avx2", 256).time("same", 64, 64, LAST, 1);
    chooser(jdk("25")).choose(WANTED);
    assertThat(logger.lines()).isEmpty();
  }

  @Test
  void aChoiceByOtherMachinesIsLoggedOnceAndExplainedEachTime() {
    machine("other", "80", "avx2", 256).time("other", 64, 64, LAST, 1);
    String told =
        "no time in double is recorded of this machine or its microarchitecture with avx2 in vectors"
            + " of 256 bits, so the choice goes by others; KernelChooser.ofThisMachine().measure(batch) times the kernels here";
    for (int time = 0; time < 2; time++) {
      assertThat(chooser(jdk("25")).choose(WANTED).explain()).contains(told);
    }
    assertThat(logger.lines()).containsExactly("INFO " + told);
  }

  @Test
  void aChoiceByTimesOfAnotherJdkIsLoggedOnceAndExplainedEachTime() {
    machine("same", "1", "avx2", 256).time("same", 64, 64, LAST, 1);
    String told =
        "the times that the choice goes by are of JDK 25 and this is JDK 26, which may favour"
            + " another kernel; KernelChooser.ofThisMachine().measure(batch) times the kernels here";
    for (int time = 0; time < 2; time++) {
      assertThat(chooser(jdk("26")).choose(WANTED).explain()).contains(told);
    }
    assertThat(logger.lines()).containsExactly("INFO " + told);
  }

  @Test
  void aJdksBuildDoesNotMakeItAnother() {
    assertThat(
            new MeasuredTimes.Recorded("id", "m", HERE, "none", "25.0.3+9-LTS", "", 0).jdkRelease())
        .isEqualTo("25");
  }

  private static final Optional<Lack> NO_C2 = Optional.of(new Lack("there is no C2", "get one"));

  @Test
  void withoutFastVectorsTheSimplestIsTakenWithAWarning() {
    machine("same", "1", "avx2", 256).time("same", 64, 64, LAST, 1).time("same", 64, 64, SIMPLE, 9);
    for (Workload wanted : List.of(WANTED, WANTED.withThreads(2), WANTED.withStudents(FULL))) {
      Choice choice = chooser(jdk("25"), NO_C2).choose(wanted);
      assertThat(choice.kernel()).isEqualTo(SIMPLE);
      assertThat(choice.explain())
          .contains("there is no C2, which is needed by vector, single-touch, interleaved")
          .contains("; get one, since without vectors a gradient takes many times as long")
          .contains("taken: scalar, which needs no vectors");
    }
    assertThat(logger.lines()).hasSize(1);
    assertThat(logger.lines().getFirst()).startsWith("WARNING there is no C2, ");
  }

  @Test
  void aKernelThatIsAskedForIsTakenWithoutFastVectorsAndWithoutAWord() {
    Properties system = jdk("26");
    system.setProperty(KernelChooser.PROPERTY, LAST);
    assertThat(chooser(system, NO_C2).choose(WANTED).kernel()).isEqualTo(LAST);
    assertThat(logger.lines()).isEmpty();
  }

  @Test
  void withoutFastVectorsNoVectorKernelIsTimed() {
    MeasuredChoice measured =
        chooser(jdk("25"), NO_C2)
            .measure(
                GaussianData.of(Teacher.of(new double[] {1}, new double[] {1}))
                    .n(3)
                    .seed(1)
                    .batch(Precision.DOUBLE));
    assertThat(measured.rounds()).containsOnlyKeys("scalar", "ejml");
    // Plain loops allocate nothing, compiled or not: 40 of 700 ms do for the warm-up.
    assertThat(measured.rounds().get("scalar")).isPositive();
    assertThat(logger.lines()).hasSize(1);
  }

  @Test
  void aBadTableIsRefusedWithTheLine() {
    machine("same", "1", "avx2", 256).time("same", 64, 64, LAST, 0.5);
    assertThatThrownBy(() -> choose(WANTED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("test, line 3")
        .hasMessageContaining("slowdown '0.5'; expected a number of at least 1");
  }

  /** Tables and options that people made before the one pass was called students. */
  @Test
  void formerNamesAreRead() throws IOException {
    String former =
        table.toString().replace("patchgrad-measured-times", "patchgrad-choices")
            + "machine\tid\tm\tv\tm\t1\t1\t1\t1\tavx2\t256\tnone\tjdk\tdate\n"
            + "time\tid\tdouble\t16\t1\t8\t16\t256\trestarts\t1.0000\twithin\n";
    assertThat(MeasuredTimes.read(new StringReader(former), "test").kernels())
        .containsExactly(Kernels.STUDENTS);
    Properties system = new Properties();
    system.setProperty(KernelChooser.PROPERTY, "restarts");
    assertThat(chooser(system).choose(WANTED.withStudents(2)).isTogether()).isTrue();
  }

  @Test
  void aTableOfAnotherVersionIsRefused() {
    assertThatThrownBy(
            () -> MeasuredTimes.read(new StringReader("patchgrad-measured-times\t2\n"), "test"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 'patchgrad-measured-times', a tab and version 1");
    assertThatThrownBy(() -> MeasuredTimes.read(new StringReader(""), "test"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is empty");
  }

  @Test
  void aWorkloadOfNothingIsRefused() {
    assertThatThrownBy(() -> Workload.of(Precision.DOUBLE).k(1).p(1).n(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("n: 0 given; expected at least 1");
    assertThatThrownBy(() -> WANTED.withThreads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads: 0 given; expected at least 1");
  }
}
