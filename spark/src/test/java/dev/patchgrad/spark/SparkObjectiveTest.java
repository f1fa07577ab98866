package dev.patchgrad.spark;

import static dev.patchgrad.spark.Shards.START;
import static dev.patchgrad.spark.Shards.TEACHER;
import static dev.patchgrad.spark.Shards.bits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.descent.Ending;
import dev.patchgrad.descent.GradientDescent;
import dev.patchgrad.descent.Initialisation;
import dev.patchgrad.descent.Objective;
import dev.patchgrad.descent.Restarts;
import dev.patchgrad.descent.StopRule;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loss and gradient of a cluster of processes against those of one JVM, on the same files. */
@ExtendWith(Cluster.class)
class SparkObjectiveTest {
  private static final int SHARDS = 7;

  @TempDir private Path folder;

  private static List<Student> students(int count) {
    List<Student> students = new ArrayList<>(List.of(START));
    for (int r = 1; r < count; r++) {
      double[] v = {1, r, -1, .5, 2};
      double[] a = {1, -.5 * r, .25};
      students.add(r % 2 == 0 ? Student.weightNormalised(v, a) : Student.plain(v, a));
    }
    return students;
  }

  private static List<Gradient> evaluate(Objective objective, List<Student> students) {
    List<Gradient> out = students.stream().map(Gradient::of).toList();
    objective.evaluate(students, out);
    return out;
  }

  /**
   * Against plain loops, and labels of a usual size and such whose squares leave a float's range.
   */
  @ParameterizedTest
  @CsvSource({"DOUBLE, 1, 0", "DOUBLE, 9, 450", "FLOAT, 1, -100", "FLOAT, 9, 0"})
  void lossAndGradientAreThoseOfOneJvm(
      Precision precision, int count, int exponent, JavaSparkContext spark) throws Exception {
    double unit = Math.scalb(1.0, exponent);
    List<Path> files = new ArrayList<>();
    List<PatchBatch> batches = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      batches.add(Shards.batch(shard, precision).withLabelsTimes(unit));
      files.add(folder.resolve(shard + ".npy"));
      Shards.write(batches.getLast(), files.getLast());
    }
    List<Student> students =
        students(count).stream()
            .map(
                student -> {
                  Student scaled = student.copy();
                  for (int j = 0; j < scaled.k(); j++) {
                    scaled.a()[j] *= unit;
                  }
                  return scaled;
                })
            .toList();
    try (SparkObjective objective = SparkObjective.ofFolder(spark, folder)) {
      List<Gradient> out = evaluate(objective, students);
      long n = batches.stream().mapToLong(PatchBatch::n).sum();
      assertThat(objective.n()).isEqualTo(n);
      double labels = 0;
      for (int r = 0; r < count; r++) {
        double loss = 0;
        double[] dv = new double[5];
        double[] da = new double[3];
        labels = 0;
        for (PatchBatch batch : batches) {
          Objective plain = Objective.batch(Kernels.create("scalar", precision), batch);
          Gradient part = evaluate(plain, List.of(students.get(r))).getFirst();
          double share = (double) batch.n() / n;
          loss += share * part.loss();
          labels += share * plain.lossAtZero();
          for (int c = 0; c < 5; c++) {
            dv[c] += share * part.dv()[c];
          }
          for (int j = 0; j < 3; j++) {
            da[j] += share * part.da()[j];
          }
        }
        // In float each product is rounded to 6e-8: the kernels sum in other orders.
        double relative = precision == Precision.FLOAT ? 1e-5 : 1e-12;
        assertThat(out.get(r).loss()).isCloseTo(loss, within(relative * loss));
        assertClose(out.get(r).dv(), dv, relative);
        assertClose(out.get(r).da(), da, relative);
      }
      assertThat(objective.lossAtZero()).isCloseTo(labels, within(1e-12 * labels));
    }
  }

  private static void assertClose(double[] values, double[] expected, double relative) {
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isCloseTo(expected[i], within(relative * largest));
    }
  }

  /** Whole shards as blocks, many more than tasks, of which there are four; and blocks of 64. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 33554432",
    "7, 1, 33554432",
    "7, 9, 33554432",
    "23, 4, 33554432",
    "5, 2, 8000"
  })
  void everyRunHasTheBitsOfOneJvm(int shards, int count, long blockBytes, JavaSparkContext spark)
      throws Exception {
    List<Path> files = Shards.write(folder, shards, Precision.DOUBLE);
    List<Student> students = students(count);
    List<Long> expected =
        bits(evaluate(Objective.summed(Shards.InOneJvm.of(files, count, blockBytes)), students));
    for (int run = 0; run < 2; run++) {
      try (SparkObjective objective = SparkObjective.ofShards(spark, files, blockBytes)) {
        for (int call = 0; call < 3; call++) {
          assertThat(bits(evaluate(objective, students))).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void aDescentRecoversTheTeacher(JavaSparkContext spark) throws Exception {
    Shards.write(folder, SHARDS, Precision.DOUBLE);
    try (SparkObjective objective = SparkObjective.ofFolder(spark, folder)) {
      var result =
          GradientDescent.of(
                  objective.labelledBy(TEACHER),
                  StopRule.filterWithin(1e-3).and(StopRule.weightsWithin(1e-3)))
              .mostIterations(1000)
              .run(START);
      assertThat(result.ending()).isEqualTo(Ending.REACHED);
    }
  }

  @Test
  void aSearchByRestartsFindsWhatOneJvmFinds(JavaSparkContext spark) throws Exception {
    List<Path> files = Shards.write(folder, SHARDS, Precision.DOUBLE);
    Objective local = Objective.summed(Shards.InOneJvm.of(files, 8)).labelledBy(TEACHER);
    try (SparkObjective objective = SparkObjective.ofShards(spark, files)) {
      Restarts.Found found = search(objective.labelledBy(TEACHER));
      Restarts.Found expected = search(local);
      assertThat(found.reached()).isPresent();
      assertThat(found.results().toString()).isEqualTo(expected.results().toString());
    }
  }

  private static Restarts.Found search(Objective objective) {
    GradientDescent descent =
        GradientDescent.of(objective, StopRule.filterWithin(.1)).mostIterations(100);
    return Restarts.of(descent, Initialisation.of(TEACHER)).together(2).withSignFlips().search(5);
  }

  /** Where a task runs on a machine that has not cached its block, the block travels. */
  @Test
  void aBlockThatTravelsIsReadAnew(JavaSparkContext spark) throws Exception {
    Path file = Shards.write(folder, 1, Precision.DOUBLE).getFirst();
    ShardPart part = ShardPart.of(new Shard(0, file.toString()), 1 << 20).getFirst();
    var kernels = spark.broadcast(new KernelPool(part, 1));
    ShardBlock block = ShardBlock.read(part, 0, 1, 1, kernels);
    ShardBlock arrived = Travel.through(block);
    assertThat(arrived).isNotSameAs(block);
    assertThat(arrived.sums(students(1))).isEqualTo(block.sums(students(1)));
    kernels.destroy();
  }

  /** 300 samples of 120 bytes: whole groups of 64, a sample at least, and all at once. */
  @ParameterizedTest
  @CsvSource({
    "1, 300, 1",
    "7679, 5, 63",
    "7680, 5, 64",
    "23039, 3, 128",
    "23040, 2, 192",
    "36000, 2, 256",
    "9999999, 1, 300"
  })
  void aShardIsCutIntoBlocksThatGoRoundTheLanes(long bytes, int count, int first) throws Exception {
    Path file = Shards.write(folder, 1, Precision.DOUBLE).getFirst();
    List<ShardPart> parts = ShardPart.of(new Shard(0, file.toString()), bytes);
    assertThat(parts).hasSize(count);
    assertThat(parts.getFirst().samples()).isEqualTo(first);
    assertThat(parts.stream().mapToInt(ShardPart::samples).sum()).isEqualTo(300);
    double squares = 0;
    for (ShardPart part : parts) {
      PatchBatch batch = part.read(Layout.ROW_MAJOR);
      assertThat(batch.label(0))
          .isEqualTo(Shards.batch(0, Precision.DOUBLE).label((int) part.from()));
      squares += part.squares();
    }
    assertThat(squares).isPositive();
  }

  @Test
  void aClosedObjectiveIsRefused(JavaSparkContext spark) throws Exception {
    SparkObjective objective =
        SparkObjective.ofShards(spark, Shards.write(folder, 1, Precision.DOUBLE));
    evaluate(objective, students(1));
    objective.close();
    objective.close();
    assertThatThrownBy(() -> evaluate(objective, students(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("objective: closed; expected one that is open");
  }
}
