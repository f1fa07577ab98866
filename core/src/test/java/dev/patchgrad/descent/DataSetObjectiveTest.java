package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.NpyFiles;
import dev.patchgrad.data.NpyDataSet;
import dev.patchgrad.data.SegmentDataSet;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.FloatBatch;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A descent over a file is the one over the same samples in an array. */
@Timeout(60)
class DataSetObjectiveTest {
  /** A sample has 1 KiB in double, so a block has 512 of them, and there are eight and a piece. */
  private static final int N = 4500;

  private static final int K = 8;
  private static final int P = 16;

  @TempDir private static Path folder;
  private static Teacher teacher = teacher();

  private static Teacher teacher() {
    double[] w = new double[P];
    double[] a = new double[K];
    for (int c = 0; c < P; c++) {
      w[c] = Math.cos(c);
    }
    for (int j = 0; j < K; j++) {
      a[j] = 1 + .1 * j;
    }
    return Teacher.of(w, a);
  }

  private static Student student(int seed) {
    return Initialisation.of(teacher).draw(new java.util.SplittableRandom(seed));
  }

  private static PatchBatch batch(Precision precision) {
    return GaussianData.of(teacher).n(N).seed(5).batch(precision);
  }

  private static Path file(Precision precision) {
    return folder.resolve(precision.label() + ".npy");
  }

  @BeforeAll
  static void writeFiles() throws IOException {
    for (Precision precision : Precision.values()) {
      NpyFiles.write(file(precision), batch(precision));
    }
  }

  @AfterEach
  void noThreadIsLeft() {
    assertThat(Threads.readers()).isEmpty();
    assertThat(Thread.interrupted()).isFalse();
  }

  private static List<Gradient> evaluated(Objective objective, List<Student> students) {
    List<Gradient> out = students.stream().map(Gradient::of).toList();
    objective.evaluate(students, out);
    return out;
  }

  /**
   * Both sum the same terms, so that they differ by rounding: at most n + k + p + 8 roundings of
   * the terms' magnitudes in each. By Cauchy and Schwarz the mean of |r_i| |x_i| is at most the
   * root of the means of r_i^2, which is 2 L, and of |x_i|^2.
   */
  private static void assertAgree(Gradient found, Gradient expected, PatchBatch batch, Student at) {
    double u = batch.precision() == Precision.FLOAT ? 0x1p-24 : 0x1p-53;
    double growth = 2 * (batch.n() + K + P + 8.0) * u;
    double patches = 0;
    double weighted = 0;
    for (int i = 0; i < batch.n(); i++) {
      double largest = 0;
      double sum = 0;
      for (int j = 0; j < K; j++) {
        double squares = 0;
        for (int c = 0; c < P; c++) {
          squares += batch.patch(i, j, c) * batch.patch(i, j, c);
        }
        largest = Math.max(largest, squares);
        sum += Math.abs(at.a()[j]) * Math.sqrt(squares);
      }
      patches += largest / batch.n();
      weighted += sum * sum / batch.n();
    }
    double residual = Math.sqrt(2 * expected.loss());
    double norm = Math.sqrt(java.util.Arrays.stream(at.v()).map(v -> v * v).sum());
    // A residual is as exact as f_i: its error is the growth times |a| |z|, not times |r|.
    double error = growth * (residual + Math.sqrt(weighted));
    assertThat(found.loss()).isCloseTo(expected.loss(), within(error * residual));
    for (int c = 0; c < P; c++) {
      assertThat(found.dv()[c])
          .isCloseTo(expected.dv()[c], within(2 * error * Math.sqrt(weighted) / norm));
    }
    for (int j = 0; j < K; j++) {
      assertThat(found.da()[j]).isCloseTo(expected.da()[j], within(2 * error * Math.sqrt(patches)));
    }
  }

  /** Every kernel's layout, in both precisions: rows, padded patches, interleaved samples. */
  @ParameterizedTest
  @EnumSource
  void everyKernelGivesTheLossAndGradientOfTheWholeBatch(Precision precision) throws IOException {
    PatchBatch batch = batch(precision);
    Student student = student(1);
    Gradient expected =
        evaluated(Objective.batch(Kernels.create("scalar", precision), batch), List.of(student))
            .getFirst();
    try (NpyDataSet data = NpyDataSet.open(file(precision))) {
      DataSetObjective objective = Objective.dataSet(data);
      assertThat(objective.k()).isEqualTo(K);
      assertThat(objective.p()).isEqualTo(P);
      assertThat(objective.lossAtZero())
          .isCloseTo(
              BatchObjective.lossAtZero(List.of(batch)),
              within(N * 0x1p-53 * objective.lossAtZero()));
      assertAgree(evaluated(objective, List.of(student)).getFirst(), expected, batch, student);
      for (String name : Kernels.names()) {
        Objective by = objective.by(name);
        assertAgree(evaluated(by, List.of(student)).getFirst(), expected, batch, student);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyStudentsAndSignFlipsTakeOnePass(Precision precision) throws IOException {
    PatchBatch batch = batch(precision);
    List<Student> students = List.of(student(1), student(2), student(3));
    List<Gradient> expected =
        evaluated(Objective.batch(Kernels.create("scalar", precision), batch), students);
    List<PassProgress> seen = new ArrayList<>();
    try (NpyDataSet data = NpyDataSet.open(file(precision))) {
      Objective objective = Objective.dataSet(data).watchedBy(seen::add, N);
      List<Gradient> found = evaluated(objective, students);
      List<Gradient> together = evaluated(Objective.dataSet(data).by(Kernels.STUDENTS), students);
      for (int r = 0; r < students.size(); r++) {
        assertAgree(found.get(r), expected.get(r), batch, students.get(r));
        assertAgree(together.get(r), expected.get(r), batch, students.get(r));
      }
      List<Gradient> flips = new ArrayList<>();
      for (int flip = 0; flip < 4; flip++) {
        flips.add(Gradient.of(students.getFirst()));
      }
      objective.evaluateSignFlips(students.getFirst(), flips);
      assertAgree(flips.getFirst(), expected.getFirst(), batch, students.getFirst());
      assertThat(seen).containsExactly(new PassProgress(0, N, N), new PassProgress(1, N, N));
    }
  }

  /** The kernel sums in the lanes' order, and blocks are added in theirs. */
  @Test
  void theBitsDoNotDependOnTheNumberOfThreads() throws IOException {
    try (NpyDataSet data = NpyDataSet.open(file(Precision.DOUBLE))) {
      DataSetObjective objective = Objective.dataSet(data).by("interleaved");
      List<Student> students = List.of(student(1));
      Gradient first = evaluated(objective, students).getFirst();
      Gradient miniBatch = evaluated(objective.miniBatches(1300, 3), students).getFirst();
      for (int threads : new int[] {1, 2, 3, 8}) {
        for (int again = 0; again < 3; again++) {
          assertSameBits(evaluated(objective.threads(threads), students).getFirst(), first);
          assertSameBits(
              evaluated(objective.threads(threads).miniBatches(1300, 3), students).getFirst(),
              miniBatch);
        }
      }
      assertThat(evaluated(objective.miniBatches(1300, 4), students).getFirst().loss())
          .isNotEqualTo(miniBatch.loss());
    }
  }

  private static void assertSameBits(Gradient found, Gradient expected) {
    assertThat(found.loss()).isEqualTo(expected.loss());
    assertThat(found.dv()).isEqualTo(expected.dv());
    assertThat(found.da()).isEqualTo(expected.da());
  }

  /** At a = 0 the loss is 1/2 the mean of y^2, so that those of a pass add up to that of all. */
  @ParameterizedTest
  @CsvSource({"1000", "1", "4500", "1024", "4499"})
  void miniBatchesOfAPassAreAllSamples(int size) throws IOException {
    Student zero = Student.weightNormalised(teacher.w(), new double[K]);
    try (NpyDataSet data = NpyDataSet.open(file(Precision.DOUBLE))) {
      DataSetObjective objective = Objective.dataSet(data).by("scalar");
      Objective parts = objective.miniBatches(size, 9);
      Gradient out = Gradient.of(zero);
      ((OwnedObjective) parts).claim(() -> false);
      try {
        for (int pass = 0; pass < 2; pass++) {
          double sum = 0;
          for (int from = 0; from < N; from += size) {
            parts.evaluate(List.of(zero), List.of(out));
            sum += out.loss() * Math.min(size, N - from);
          }
          assertThat(sum / N).isCloseTo(objective.lossAtZero(), within(2 * N * 0x1p-53 * sum / N));
        }
      } finally {
        ((OwnedObjective) parts).release();
      }
    }
  }

  /** Between two calls outside of a descent nobody reads, and the next one goes on. */
  @Test
  void singleCallsTakeTheMiniBatchesOfADescent() throws IOException {
    List<Student> students = List.of(student(1));
    try (NpyDataSet data = NpyDataSet.open(file(Precision.DOUBLE))) {
      DataSetObjective objective = Objective.dataSet(data).by("scalar").miniBatches(2000, 1);
      DataSetObjective owned = objective.threads(1);
      owned.claim(() -> false);
      for (int call = 0; call < 7; call++) {
        assertSameBits(
            evaluated(objective, students).getFirst(), evaluated(owned, students).getFirst());
        assertThat(Threads.readers()).isNotEmpty();
      }
      owned.release();
    }
  }

  @Test
  void descentAndRestartsRecoverTheTeacher() throws IOException {
    try (NpyDataSet data = NpyDataSet.open(file(Precision.DOUBLE))) {
      Objective objective = Objective.dataSet(data).labelledBy(teacher);
      GradientDescent descent =
          GradientDescent.of(objective, StopRule.filterWithin(1e-2))
              .mostIterations(300)
              .givingUp(StopRule.inBasin(Basin.SPURIOUS));
      Restarts.Found found =
          Restarts.of(descent, Initialisation.of(teacher)).mostDraws(3).withSignFlips().search(1);
      assertThat(found.reached()).isPresent();
      Objective whole = Objective.batch(batch(Precision.DOUBLE)).labelledBy(teacher);
      GradientDescent inMemory =
          GradientDescent.of(whole, StopRule.filterWithin(1e-2))
              .mostIterations(300)
              .givingUp(StopRule.inBasin(Basin.SPURIOUS));
      Restarts.Found expected =
          Restarts.of(inMemory, Initialisation.of(teacher)).mostDraws(3).withSignFlips().search(1);
      assertThat(found.reached().orElseThrow().iterations())
          .isEqualTo(expected.reached().orElseThrow().iterations());
    }
  }

  @Test
  void descentByMiniBatchesRecoversTheTeacher() throws IOException {
    try (NpyDataSet data = NpyDataSet.open(file(Precision.FLOAT))) {
      Objective objective = Objective.dataSet(data).miniBatches(450, 2).labelledBy(teacher);
      GradientDescent descent =
          GradientDescent.of(objective, StopRule.filterWithin(1e-2))
              .mostIterations(1000)
              .givingUp(StopRule.inBasin(Basin.SPURIOUS));
      Restarts.Found found =
          Restarts.of(descent, Initialisation.of(teacher)).mostDraws(3).withSignFlips().search(1);
      assertThat(found.reached()).isPresent();
    }
  }

  @Test
  void aListenerHearsOfAPassAsOftenAsItAskedFor() throws IOException {
    List<PassProgress> seen = new ArrayList<>();
    try (NpyDataSet data = NpyDataSet.open(file(Precision.DOUBLE))) {
      Objective objective = Objective.dataSet(data).by("scalar").watchedBy(seen::add, 2000);
      evaluated(objective, List.of(student(1)));
      assertThat(seen)
          .containsExactly(
              new PassProgress(0, 2048, N),
              new PassProgress(0, 4096, N),
              new PassProgress(0, N, N));
      assertThat(seen.getFirst().share()).isEqualTo(2048.0 / N);
    }
  }

  @Test
  void whatDoesNotFitIsRefusedByName() throws IOException {
    try (NpyDataSet data = NpyDataSet.open(file(Precision.DOUBLE))) {
      DataSetObjective objective = Objective.dataSet(data);
      assertThatThrownBy(() -> objective.threads(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("threads: 0 given; expected at least 1");
      for (int size : new int[] {0, N + 1}) {
        assertThatThrownBy(() -> objective.miniBatches(size, 1))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("size: " + size + " given; expected 1 to n = 4500");
      }
      assertThatThrownBy(() -> objective.watchedBy(progress -> {}, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("every: 0 given; expected at least 1");
      assertThatThrownBy(() -> objective.by("nothing"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'nothing'");
      Student longer = Student.plain(new double[P + 1], new double[K]);
      assertThatThrownBy(() -> evaluated(objective, List.of(longer)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("students[0]: v: length 17 given");
      assertThat(objective)
          .hasToString("NpyDataSet[" + file(Precision.DOUBLE) + ", n=4500, k=8, p=16, double]");
      assertThat(objective.miniBatches(100, 1).toString())
          .startsWith("mini-batches of 100 samples of NpyDataSet[");
    }
  }

  /** Of 512 KiB: 64 doubles a sample make 1024 of them, which eight lanes divide, and seven not. */
  @Test
  void aBlockHasWholeGroupsOfTheLayoutsLanes() {
    NumberedSamples data = new NumberedSamples(1L << 40, 64);
    assertThat(Blocks.samples(data, Layout.ROW_MAJOR, data.n())).isEqualTo(1024);
    assertThat(Blocks.samples(data, Layout.interleaved(8), data.n())).isEqualTo(1024);
    assertThat(Blocks.samples(data, Layout.interleaved(7), data.n())).isEqualTo(1022);
    assertThat(Blocks.samples(data, Layout.interleaved(7), 3)).isEqualTo(3);
    assertThat(Blocks.samples(new NumberedSamples(9, 1 << 20), Layout.interleaved(4), 9))
        .isEqualTo(4);
  }

  /** A sample has 512 KiB and so a block of its own: at the first, the 1025th and the end. */
  @Test
  void filesAreLookedAtOnceInHalfAGibibyte() {
    AtomicInteger looks = new AtomicInteger();
    NumberedSamples samples = new NumberedSamples(1100, 1 << 16, looks::incrementAndGet);
    Objective objective = Objective.dataSet(samples).by("scalar").threads(2);
    looks.set(0);
    double[] v = new double[samples.p()];
    v[0] = 1;
    evaluated(objective, List.of(Student.plain(v, new double[] {1})));
    assertThat(looks).hasValue(3);
  }

  /** The blocks are the same, so that their sums are added in the same order. */
  @ParameterizedTest
  @EnumSource
  void overMemoryOutsideOfTheHeapTheSumsAreThoseOverAFileToTheBit(Precision precision)
      throws IOException {
    PatchBatch batch = batch(precision);
    try (NpyDataSet onDisk = NpyDataSet.open(file(precision));
        Arena arena = Arena.ofShared()) {
      MemorySegment patches = arena.allocate((long) N * K * P * precision.bytes());
      MemorySegment labels = arena.allocate((long) N * precision.bytes());
      switch (batch) {
        case DoubleBatch doubles -> {
          ValueLayout layout = ValueLayout.JAVA_DOUBLE;
          MemorySegment.copy(doubles.patches(), doubles.offset(), patches, layout, 0, N * K * P);
          MemorySegment.copy(doubles.labels(), 0, labels, layout, 0, N);
        }
        case FloatBatch floats -> {
          ValueLayout layout = ValueLayout.JAVA_FLOAT;
          MemorySegment.copy(floats.patches(), floats.offset(), patches, layout, 0, N * K * P);
          MemorySegment.copy(floats.labels(), 0, labels, layout, 0, N);
        }
      }
      SegmentDataSet inMemory = SegmentDataSet.of(patches, labels, precision).k(K).p(P);
      List<Student> students = List.of(student(1), student(2));
      List<Gradient> expected = evaluated(Objective.dataSet(onDisk).by("scalar"), students);
      List<Gradient> found = evaluated(Objective.dataSet(inMemory).by("scalar"), students);
      for (int r = 0; r < students.size(); r++) {
        assertSameBits(found.get(r), expected.get(r));
      }
    }
  }
}
