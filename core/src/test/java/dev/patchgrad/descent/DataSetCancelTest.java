package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.NpyFiles;
import dev.patchgrad.data.NpyBatch;
import dev.patchgrad.data.NpyDataSet;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pass that is stopped, or whose file is no longer what it was, ends and leaves nothing. */
@Timeout(60)
class DataSetCancelTest {
  /** Eight samples a block of 512 KiB; two threads take three blocks at a time. */
  private static final int P = 8192;

  private static final int N = 200;
  private static final FileTime ANOTHER_TIME = FileTime.fromMillis(1_000_000);
  private static final Teacher TEACHER = Teacher.of(filter(), new double[] {1});
  private static final Student START = Student.weightNormalised(filter(), new double[] {.5});

  @TempDir private Path folder;
  private Path file = Path.of("x");

  private static double[] filter() {
    double[] filter = new double[P];
    filter[0] = 1;
    return filter;
  }

  @BeforeEach
  void writeFile() throws IOException {
    file =
        NpyFiles.write(
            folder.resolve("x.npy"), GaussianData.of(TEACHER).n(N).seed(1).batch(Precision.DOUBLE));
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(Threads.readers()).isEmpty();
    assertThat(Thread.interrupted()).isFalse();
    Path open = Path.of("/proc/self/fd");
    if (Files.isDirectory(open)) {
      try (var links = Files.list(open)) {
        assertThat(links.filter(this::isOfTheData)).isEmpty();
      }
    }
  }

  private boolean isOfTheData(Path link) {
    try {
      return Files.readSymbolicLink(link).startsWith(folder);
    } catch (IOException gone) {
      return false;
    }
  }

  private static DataSetObjective objective(NpyDataSet data) {
    return Objective.dataSet(data).by("scalar").threads(2);
  }

  private static void evaluate(Objective objective) {
    objective.evaluate(List.of(START), List.of(Gradient.of(START)));
  }

  /** Does something once, where a pass has gone so far. */
  private static PassListener after(long samples, Runnable once) {
    AtomicBoolean isDone = new AtomicBoolean();
    return progress -> {
      if (progress.samples() >= samples && isDone.compareAndSet(false, true)) {
        once.run();
      }
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptionEndsAPassAndTheDataStayOpen(boolean isMiniBatch) throws IOException {
    try (NpyDataSet data = NpyDataSet.open(file)) {
      DataSetObjective whole = objective(data);
      DataSetObjective objective = isMiniBatch ? whole.miniBatches(100, 1) : whole;
      Objective interrupted =
          objective.watchedBy(after(32, () -> Thread.currentThread().interrupt()), 1);
      assertThatThrownBy(() -> evaluate(interrupted))
          .isInstanceOf(CancellationException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("interrupted in a pass over it");
      assertThat(Threads.readers()).isEmpty();
      // The flag stays, and nothing is read by a thread that has it.
      assertThatThrownBy(() -> evaluate(interrupted)).isInstanceOf(CancellationException.class);
      assertThatThrownBy(() -> Objective.dataSet(data))
          .isInstanceOf(CancellationException.class)
          .hasMessageContaining("interrupted while its labels were read");
      assertThat(Thread.interrupted()).isTrue();
      evaluate(interrupted);
    }
  }

  /** The descent's own ways to stop: its thread's interruption, and its signal. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDescentIsCancelledInTheMiddleOfAPass(boolean byInterruption) throws IOException {
    AtomicBoolean signal = new AtomicBoolean();
    long[] last = new long[2];
    try (NpyDataSet data = NpyDataSet.open(file)) {
      Objective objective =
          objective(data)
              .watchedBy(
                  progress -> {
                    last[0] = progress.pass();
                    last[1] = progress.samples();
                    if (progress.pass() == 2 && progress.samples() == 48) {
                      signal.set(!byInterruption);
                      if (byInterruption) {
                        Thread.currentThread().interrupt();
                      }
                    }
                  },
                  1);
      DescentResult result =
          GradientDescent.of(objective, StopRule.lossAtMost(0))
              .stepSize(StepSize.of(1e-3))
              .cancelledBy(signal::get)
              .run(START);
      assertThat(Thread.interrupted()).isEqualTo(byInterruption);
      assertThat(result.ending()).isEqualTo(Ending.CANCELLED);
      assertThat(result.iterations()).isEqualTo(2);
      assertThat(result.loss()).isPositive();
      assertThat(last).containsExactly(2, 48);
    }
  }

  @Test
  void aSearchIsCancelledInItsFirstPass() throws IOException {
    try (NpyDataSet data = NpyDataSet.open(file)) {
      Objective objective =
          objective(data).watchedBy(after(16, () -> Thread.currentThread().interrupt()), 1);
      Restarts.Found found =
          Restarts.of(
                  GradientDescent.of(objective, StopRule.lossAtMost(0)), Initialisation.of(TEACHER))
              .withSignFlips()
              .search(1);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(found.reached()).isEmpty();
      assertThat(found.results()).hasSize(4);
      for (DescentResult result : found.results()) {
        assertThat(result.ending()).isEqualTo(Ending.CANCELLED);
        assertThat(result.loss()).isNaN();
      }
    }
  }

  /** What a descent is to its objective: one claim around its evaluations. */
  private static void whileClaimed(
      DataSetObjective objective, boolean isCancelled, Runnable evaluations) {
    objective.claim(() -> isCancelled);
    try {
      evaluations.run();
    } finally {
      objective.release();
    }
  }

  /** Eight samples a block: what is not yet summed of a mini-batch is left. */
  @Test
  void aMiniBatchIsCancelledInItsMiddle() throws IOException {
    try (NpyDataSet data = NpyDataSet.open(file)) {
      DataSetObjective objective = objective(data).miniBatches(100, 1);
      assertThatThrownBy(() -> whileClaimed(objective, true, () -> evaluate(objective)))
          .isInstanceOf(CancellationException.class)
          .hasMessage(data + ": cancelled after 8 of 200 samples of a pass");
    }
  }

  @Test
  void whatIsAtItsEndIsNotCancelled() throws IOException {
    try (NpyDataSet data = NpyDataSet.open(file)) {
      DataSetObjective objective = objective(data).miniBatches(8, 1);
      whileClaimed(objective, true, () -> evaluate(objective));
    }
  }

  /**
   * A mini-batch that fails and is repeated gives what it would have given at once.
   *
   * @param before mini-batches that go well
   * @param failing at the first block of the next one
   * @param expected what the evaluation throws
   * @param mended before it is repeated
   */
  private void assertRepeated(
      int before, Runnable failing, Class<? extends RuntimeException> expected, Runnable mended)
      throws IOException {
    try (NpyDataSet data = NpyDataSet.open(file)) {
      DataSetObjective undisturbed = objective(data).miniBatches(100, 1);
      DataSetObjective disturbed =
          objective(data).miniBatches(100, 1).watchedBy(after(100L * before + 8, failing), 1);
      Gradient wanted = Gradient.of(START);
      Gradient found = Gradient.of(START);
      whileClaimed(
          disturbed,
          false,
          () -> {
            for (int miniBatch = 0; miniBatch < before; miniBatch++) {
              evaluate(undisturbed);
              evaluate(disturbed);
            }
            undisturbed.evaluate(List.of(START), List.of(wanted));
            assertThatThrownBy(() -> evaluate(disturbed)).isInstanceOf(expected);
            mended.run();
            disturbed.evaluate(List.of(START), List.of(found));
          });
      assertThat(found.loss()).isEqualTo(wanted.loss());
      assertThat(found.dv()).isEqualTo(wanted.dv());
    }
  }

  @Test
  void aMiniBatchThatFailedIsReadAgainFromItsBeginning() throws IOException {
    assertRepeated(
        0,
        () -> {
          throw new CancellationException("enough");
        },
        CancellationException.class,
        () -> {});
    assertRepeated(
        0,
        () -> Thread.currentThread().interrupt(),
        CancellationException.class,
        () -> assertThat(Thread.interrupted()).isTrue());
  }

  /** The second mini-batch ends a pass, which looks at the file. */
  @Test
  void aPassWhoseFileIsAsItWasAgainGoesOn() throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    assertRepeated(
        1,
        () -> setTime(file, ANOTHER_TIME),
        UncheckedIOException.class,
        () -> setTime(file, time));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileThatWasWrittenToSinceItWasOpenedIsNamedBeforeAnyGradient(boolean isMiniBatch)
      throws IOException {
    try (NpyDataSet data = NpyDataSet.open(file)) {
      DataSetObjective whole = objective(data);
      Objective objective = isMiniBatch ? whole.miniBatches(100, 1) : whole;
      setTime(file, ANOTHER_TIME);
      assertThatThrownBy(() -> evaluate(objective))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith(file + ": it was written to at 1970-01-01T00:16:40Z; expected");
    }
  }

  private static void setTime(Path written, FileTime time) {
    try {
      Files.setLastModifiedTime(written, time);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aListenerMayCancel() throws IOException {
    try (NpyDataSet data = NpyDataSet.open(file)) {
      Objective objective =
          objective(data)
              .watchedBy(
                  progress -> {
                    throw new CancellationException("enough at " + progress.samples());
                  },
                  20);
      assertThatThrownBy(() -> evaluate(objective))
          .isInstanceOf(CancellationException.class)
          .hasMessage("enough at 24");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileThatIsCutDuringAPassIsNamed(boolean isMiniBatch) throws IOException {
    try (NpyDataSet data = NpyDataSet.open(file)) {
      long size = Files.size(file);
      // A cut to a half, which no reader is beyond yet; of mini-batches, before the next pass.
      Runnable cut =
          () -> {
            try (RandomAccessFile writer = new RandomAccessFile(file.toFile(), "rw")) {
              writer.setLength(size / 2);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          };
      DataSetObjective objective = objective(data).watchedBy(after(16, cut), 1);
      assertThatThrownBy(
              () -> {
                Objective all = isMiniBatch ? objective.miniBatches(N, 1) : objective;
                evaluate(all);
                evaluate(all);
              })
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith(file + ": it ")
          .hasMessageContaining(Long.toString(size / 2))
          .hasMessageContaining("expected " + size);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileThatIsWrittenToDuringAPassIsNamed(boolean isPatches) throws IOException {
    Path written = isPatches ? file : NpyBatch.labelsOf(file);
    try (NpyDataSet data = NpyDataSet.open(file)) {
      Objective objective =
          objective(data).watchedBy(after(160, () -> setTime(written, ANOTHER_TIME)), 1);
      assertThatThrownBy(() -> evaluate(objective))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith(
              written + ": it was written to at 1970-01-01T00:16:40Z; expected");
      assertThatThrownBy(() -> evaluate(objective)).isInstanceOf(UncheckedIOException.class);
      assertThatThrownBy(() -> Objective.dataSet(data)).isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void dataThatAreClosedDuringAPassAreNamed() throws IOException {
    NpyDataSet data = NpyDataSet.open(file);
    Runnable close =
        () -> {
          try {
            data.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    Objective objective = objective(data).watchedBy(after(16, close), 1);
    assertThatThrownBy(() -> evaluate(objective))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(file + ": closed; expected");
  }

  @Test
  void anElementThatIsNotFiniteIsNamed() throws IOException {
    long place = 150L * P + 3;
    try (RandomAccessFile writer = new RandomAccessFile(file.toFile(), "rw")) {
      writer.seek(writer.length() - 8 * (N * (long) P - place));
      writer.writeLong(-1);
    }
    try (NpyDataSet data = NpyDataSet.open(file)) {
      DataSetObjective objective = objective(data);
      for (Objective each : new Objective[] {objective, objective.miniBatches(N, 1)}) {
        assertThatThrownBy(() -> evaluate(each))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(file + ": patches[" + place + "]: NaN given; expected a finite number");
      }
    }
  }

  @Test
  void aSecondThreadIsRefusedAndTheFirstGoesOn() throws Exception {
    try (NpyDataSet data = NpyDataSet.open(file)) {
      Throwable[] seen = new Throwable[1];
      DataSetObjective[] shared = new DataSetObjective[1];
      Runnable other =
          () -> {
            Thread thread =
                new Thread(
                    () -> {
                      try {
                        evaluate(shared[0]);
                      } catch (IllegalStateException e) {
                        seen[0] = e;
                      }
                    });
            thread.start();
            try {
              thread.join();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          };
      shared[0] = objective(data).watchedBy(after(16, other), 1);
      evaluate(shared[0]);
      assertThat(seen[0]).isNotNull();
      assertThat(seen[0].getMessage()).startsWith("objective: in use by thread");
    }
  }
}
