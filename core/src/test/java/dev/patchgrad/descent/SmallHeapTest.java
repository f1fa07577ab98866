package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.ChildJvm;
import dev.patchgrad.NpyFiles;
import dev.patchgrad.data.NpyBatch;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.DoubleBatch;
import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file of 600 MiB is passed over in a heap of 256. All of it is zeros that no disk holds, but for
 * some samples at its end: they alone make up the gradient, which tells that they were reached.
 */
class SmallHeapTest {
  private static final long N = 153_600;
  private static final int LAST = 100;
  private static final int K = 16;
  private static final int P = 32;

  @TempDir private Path folder;

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aFileThatIsLargerThanTheHeapIsPassedOver() throws Exception {
    Student student = SmallHeapMain.student(K, P);
    Teacher teacher = Teacher.of(student.v(), new double[K]);
    DoubleBatch last =
        (DoubleBatch) GaussianData.of(teacher).n(LAST).seed(1).batch(Precision.DOUBLE);
    ByteBuffer patches =
        ByteBuffer.allocate(LAST * K * P * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    patches.asDoubleBuffer().put(last.patches());
    double[] labels = new double[LAST];
    java.util.Arrays.fill(labels, 1.5);
    ByteBuffer labelBytes = ByteBuffer.allocate(LAST * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    labelBytes.asDoubleBuffer().put(labels);
    Path file =
        NpyFiles.writeSparse(
            folder.resolve("x.npy"),
            NpyFiles.head(1, "<f8", false, "(%d, %d, %d)".formatted(N, K, P)),
            N * K * P * Double.BYTES,
            patches.array());
    NpyFiles.writeSparse(
        NpyBatch.labelsOf(file),
        NpyFiles.head(1, "<f8", false, "(" + N + ",)"),
        N * Double.BYTES,
        labelBytes.array());
    assertThat(Files.size(file)).isGreaterThan(600L << 20);

    Gradient expected = Gradient.of(student);
    Objective.batch(
            Kernels.create("scalar", Precision.DOUBLE),
            DoubleBatch.wrap(last.patches(), labels).k(K).p(P))
        .evaluate(List.of(student), List.of(expected));

    ChildJvm.Outcome outcome =
        ChildJvm.run(
            List.of(
                "-Xmx256m",
                "--add-modules=jdk.incubator.vector",
                "-cp",
                ChildJvm.classPath(entry -> true),
                SmallHeapMain.class.getName(),
                file.toString()));
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    assertThat(number(outcome, "heap")).isLessThanOrEqualTo(256 << 20);
    // The sum of 100 samples that are not zero, in another order: 100 roundings at most, and as
    // many of the dot products.
    double share = (double) LAST / N;
    assertThat(number(outcome, "loss"))
        .isCloseTo(share * expected.loss(), within(1e-13 * share * expected.loss()));
    assertThat(number(outcome, "da"))
        .isCloseTo(share * expected.da()[1], within(1e-12 * share * Math.abs(expected.da()[1])));
    assertThat(outcome.text()).contains("ending REACHED after 9");
  }

  private static double number(ChildJvm.Outcome outcome, String name) {
    Matcher line = Pattern.compile(name + " (\\S+)").matcher(outcome.text());
    assertThat(line.find()).as(outcome.text()).isTrue();
    return Double.parseDouble(line.group(1));
  }
}
