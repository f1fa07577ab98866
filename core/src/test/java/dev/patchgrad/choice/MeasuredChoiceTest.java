package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.ChildJvm;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuredChoiceTest {
  private static final Machine MACHINE =
      new Machine("AuthenticAMD", "AMD EPYC", "25", "1", 2, 4, "avx2", 256);
  private static final Workload WORKLOAD = Workload.of(Precision.FLOAT).k(3).p(5).n(100);

  @TempDir private Path folder;

  private static MeasuredChoice measured(double... nanos) {
    List<PairedTiming.Timing> timings = new java.util.ArrayList<>();
    for (int i = 0; i < nanos.length; i++) {
      timings.add(new PairedTiming.Timing(Kernels.names().get(i), nanos[i], 7));
    }
    return MeasuredChoice.of(WORKLOAD, timings, Map.of(), MACHINE);
  }

  @Test
  void theFastestIsTaken() {
    MeasuredChoice choice = measured(200, 150, 100);
    assertThat(choice.kernel()).isEqualTo(Kernels.names().get(2));
    assertThat(choice.slowdowns().values()).containsExactly(2.0, 1.5, 1.0);
    assertThat(choice.choice().explain())
        .contains("measured on the caller's batch")
        .contains(", the fastest");
    assertThat(choice.isComplete()).isTrue();
  }

  @Test
  void withinTheNoiseTheSimplestIsTaken() {
    MeasuredChoice choice = measured(200, 102, 100);
    assertThat(choice.kernel()).isEqualTo(Kernels.names().get(1));
    assertThat(measured(200, 103, 100).kernel()).isEqualTo(choice.kernel());
    assertThat(measured(200, 103.1, 100).kernel()).isEqualTo(Kernels.names().get(2));
    assertThat(choice.choice().explain())
        .contains("the simplest of those that are as fast within 3 %");
  }

  private static MeasuredChoice withoutTheLast(double first, double second, double... expected) {
    List<String> names = Kernels.names();
    Map<String, Double> byTable = new java.util.LinkedHashMap<>();
    for (int i = 0; i < expected.length; i++) {
      byTable.put(names.get(i), expected[i]);
    }
    return MeasuredChoice.of(
        WORKLOAD,
        List.of(
            new PairedTiming.Timing(names.get(0), first, 7),
            new PairedTiming.Timing(names.get(1), second, 7),
            new PairedTiming.Timing(names.get(2), Double.NaN, 0)),
        byTable,
        MACHINE);
  }

  @Test
  void aKernelThatWasNotCompiledInTimeIsEstimatedFromRecordedMachines() {
    // Recorded: 4, 2 and 1. The second is the nearest that was timed, so the third takes half its
    // time; the first, slower here than recorded, has no say.
    MeasuredChoice choice = withoutTheLast(500, 100, 4, 2, 1);
    assertThat(choice.kernel()).isEqualTo(Kernels.names().get(2));
    assertThat(choice.slowdowns().values()).containsExactly(10.0, 2.0, 1.0);
    assertThat(choice.isComplete()).isFalse();
    assertThat(choice.choice().explain())
        .contains(
            "\ntoo little time for the JVM to compile, so estimated from recorded machines: "
                + Kernels.names().get(2)
                + "\n");
    assertThat(withoutTheLast(100, 200, 4, 2, 1.9).kernel()).isEqualTo(Kernels.names().get(0));
  }

  @Test
  void aKernelOfWhichNothingIsKnownIsNotTaken() throws IOException {
    MeasuredChoice choice = withoutTheLast(100, 200);
    assertThat(choice.kernel()).isEqualTo(Kernels.names().get(0));
    assertThat(choice.slowdowns()).hasSize(2);
    assertThat(choice.isComplete()).isFalse();
    choice.save(folder.resolve("choice"));
    assertThat(MeasuredChoice.load(folder.resolve("choice"), MACHINE)).isEqualTo(choice);
  }

  /** Not even one call of each fits: what recorded machines say is all that there is. */
  @Test
  void noTimeGivesWhatTheTableGives() {
    PatchBatch batch =
        GaussianData.of(Teacher.of(new double[] {1, 2, 3}, new double[] {1, 1}))
            .n(500)
            .seed(1)
            .batch(Precision.DOUBLE);
    Student student = Student.plain(new double[] {1, 2, 3}, new double[] {1, 1});
    KernelChooser chooser = KernelChooser.ofThisMachine();
    MeasuredChoice choice = chooser.measure(batch, student, Duration.ZERO);
    assertThat(choice.rounds().values()).containsOnly(0);
    assertThat(choice.kernel()).isEqualTo(chooser.choose(Workload.of(batch)).kernel());
  }

  @Test
  void allKernelsAreMeasuredOnTheCallersBatchWithinTheTimeThatIsGiven() {
    PatchBatch batch =
        GaussianData.of(Teacher.of(new double[] {1, 2, 3}, new double[] {1, 1}))
            .n(500)
            .seed(1)
            .batch(Precision.DOUBLE);
    long start = System.nanoTime();
    MeasuredChoice choice = KernelChooser.ofThisMachine().measure(batch);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertThat(choice.slowdowns().keySet()).containsExactlyElementsOf(Kernels.names());
    assertThat(choice.slowdowns().values()).allMatch(slowdown -> slowdown >= 1);
    // Which of them the JVM has compiled within a second is its own affair.
    assertThat(choice.rounds().keySet()).containsExactlyElementsOf(Kernels.names());
    assertThat(choice.isComplete()).isEqualTo(!choice.rounds().containsValue(0));
    assertThat(choice.workload()).isEqualTo(Workload.of(batch));
    // A limit, not a timing: the machine that tests run on may stop this thread for a while.
    assertThat(taken).isLessThan(Duration.ofSeconds(10));
    assertThat(BatchLoss.of(batch).by(choice.choice()).choice().kernel())
        .isEqualTo(choice.kernel());
  }

  @Test
  void ofALargeBatchTheFirstSamplesAreMeasured() {
    // A sample takes 64 * 512 * 8 bytes = 256 KiB; 64 of them take 16 MiB.
    double[] w = new double[512];
    double[] a = new double[64];
    java.util.Arrays.fill(w, 0.1);
    java.util.Arrays.fill(a, 1);
    PatchBatch batch = GaussianData.of(Teacher.of(w, a)).n(66).seed(1).batch(Precision.DOUBLE);
    Student student = Student.plain(w, a);
    assertThat(PairedTiming.of(batch, student, List.of("scalar")).n()).isEqualTo(64);
  }

  @Test
  void whatATableCannotHoldIsLoadedAsItWasSaved() throws IOException {
    Machine tabs = new Machine("Authentic\tAMD", "AMD\nEPYC", "25", "1", 2, 4, "avx2", 256);
    MeasuredChoice choice =
        MeasuredChoice.of(
            WORKLOAD, List.of(new PairedTiming.Timing("scalar", 1, 1)), Map.of(), tabs);
    choice.save(folder.resolve("choice"));
    assertThat(MeasuredChoice.load(folder.resolve("choice"), tabs)).isEqualTo(choice);
  }

  @Test
  void aStudentThatDoesNotFitIsRefused() {
    PatchBatch batch =
        GaussianData.of(Teacher.of(new double[] {1, 2, 3}, new double[] {1, 1}))
            .n(5)
            .seed(1)
            .batch(Precision.DOUBLE);
    Student student = Student.plain(new double[] {1}, new double[] {1, 1});
    for (Duration limit : List.of(Duration.ofMillis(100), Duration.ZERO, KernelChooser.LONGEST)) {
      assertThatThrownBy(() -> KernelChooser.ofThisMachine().measure(batch, student, limit))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("student: p = 1 given; expected p = 3 of the batch");
    }
  }

  @Test
  void aLimitThatNeverComesIsRefused() {
    PatchBatch batch =
        GaussianData.of(Teacher.of(new double[] {1, 2, 3}, new double[] {1, 1}))
            .n(5)
            .seed(1)
            .batch(Precision.DOUBLE);
    Student student = Student.plain(new double[] {1, 2, 3}, new double[] {1, 1});
    Duration forever = ChronoUnit.FOREVER.getDuration();
    assertThatThrownBy(() -> KernelChooser.ofThisMachine().measure(batch, student, forever))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit: " + forever + " given; expected at most PT24H");
  }

  /** Measures in a JVM that has no management. */
  static final class Program {
    private Program() {}

    /** Writes the refusal. */
    public static void main(String[] arguments) {
      try {
        KernelChooser.ofThisMachine()
            .measure(
                GaussianData.of(Teacher.of(new double[] {1}, new double[] {1}))
                    .n(5)
                    .seed(1)
                    .batch(Precision.DOUBLE));
      } catch (UnsupportedOperationException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void aRuntimeWithoutManagementIsRefusedByName() throws Exception {
    assertThat(
            ChildJvm.run(
                    Program.class,
                    "--limit-modules=java.base,jdk.incubator.vector",
                    "--add-modules=jdk.incubator.vector")
                .text())
        .contains("measure: ")
        .contains("but this Java runtime has no module jdk.management; use one that has it");
  }

  @Test
  void whatWasSavedIsLoadedAgain() throws IOException {
    MeasuredChoice choice = measured(200, 102, 100);
    Path file = folder.resolve("choice");
    choice.save(file);
    choice.save(file);
    assertThat(MeasuredChoice.load(file, MACHINE)).isEqualTo(choice);
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void onOtherHardwareItIsRefusedNamingWhatDiffers() throws IOException {
    Path file = folder.resolve("choice");
    measured(2, 1).save(file);
    Machine other = new Machine("AuthenticAMD", "AMD EPYC", "25", "80", 2, 4, "avx2", 128);
    assertThatThrownBy(() -> MeasuredChoice.load(file, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("model number '1', but here it is '80'")
        .hasMessageContaining("vector bits '256', but here it is '128'")
        .hasMessageNotContaining("vendor");
  }

  @ParameterizedTest
  @CsvSource({"JDK", "patchgrad version"})
  void withAnotherVersionItIsRefusedNamingWhich(String condition) throws IOException {
    Path file = folder.resolve("choice");
    measured(2, 1).save(file);
    Files.writeString(
        file,
        Files.readString(file)
            .replaceAll("condition\t" + condition + "\t[^\n]*", "condition\t" + condition + "\t9"));
    assertThatThrownBy(() -> MeasuredChoice.load(file, MACHINE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was measured with " + condition + " '9', but here it is '");
  }

  @Test
  void theLibrarysVersionIsThatOfTheBuild() {
    assertThat(LibraryVersion.current()).matches("\\d+\\.\\d+\\.\\d+.*");
  }

  @ParameterizedTest
  @CsvSource({
    "patchgrad-measured-choice\t1, patchgrad-measured-choice\t9, first line",
    "'kernel\t', kernel\tx, expected one of scalar",
    "p\t5, p\tmany, 'p ''many''; expected a whole number'",
    "k\t3, '', has no value of 'k'",
    "'slowdown\tscalar\t', slowdown\tscalar\tx, is no line of a choice",
    "'slowdown\tscalar\t', slowdown\tscalar\tx, 'slowdown ''x2.0''; expected a number of at least 1'",
    "layout, outlay, expected condition"
  })
  void aBadFileIsRefused(String part, String replacement, String named) throws IOException {
    Path file = folder.resolve("choice");
    measured(2, 1).save(file);
    String text = Files.readString(file);
    assertThat(text).contains(part);
    Files.writeString(file, text.replaceFirst(part, replacement));
    assertThatThrownBy(() -> MeasuredChoice.load(file, MACHINE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }
}
