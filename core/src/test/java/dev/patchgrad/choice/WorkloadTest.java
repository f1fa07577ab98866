package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.network.GaussianData;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.Teacher;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a workload is made of, what it refuses, and what one thread has of it. */
class WorkloadTest {
  private static final Workload WORKLOAD = Workload.of(Precision.FLOAT).k(3).p(5).n(100);

  @Test
  void eachSizeIsWhatItsNameSays() {
    assertThat(WORKLOAD.precision()).isEqualTo(Precision.FLOAT);
    assertThat(WORKLOAD.k()).isEqualTo(3);
    assertThat(WORKLOAD.p()).isEqualTo(5);
    assertThat(WORKLOAD.n()).isEqualTo(100);
    assertThat(WORKLOAD.layout()).isEqualTo(Layout.ROW_MAJOR);
    assertThat(Workload.of(Precision.FLOAT).p(5).k(3).n(100)).isEqualTo(WORKLOAD);
    assertThat(WORKLOAD.patchBytes()).isEqualTo(100 * 3 * 5 * 4);
    assertThat(Workload.of(Precision.DOUBLE).k(3).p(5))
        .hasToString("Workload.Sizes[double, k=3, p=5]");
    PatchBatch batch =
        GaussianData.of(Teacher.of(new double[] {1, 2, 3}, new double[] {1, 2}))
            .n(7)
            .seed(1)
            .batch(Precision.DOUBLE)
            .toLayout(Layout.interleaved(4));
    assertThat(Workload.of(batch))
        .isEqualTo(
            new Workload(Precision.DOUBLE, 3, 2, 7, 1, 1, Layout.interleaved(4), Workload.MANY));
  }

  private static void refused(ThrowingCallable call, String name) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(name + ": 0 given; expected at least 1");
  }

  @Test
  void aCountOfNothingIsRefusedByItsName() {
    refused(() -> Workload.of(Precision.DOUBLE).k(0).p(1).n(1), "k");
    refused(() -> Workload.of(Precision.DOUBLE).k(1).p(0).n(1), "p");
    refused(() -> Workload.of(Precision.DOUBLE).k(1).p(1).n(0), "n");
    refused(() -> WORKLOAD.withStudents(0), "students");
    refused(() -> WORKLOAD.withThreads(0), "threads");
    refused(() -> WORKLOAD.withEvaluations(0), "evaluations");
  }

  @Test
  void onlyWhatIsOutOfTheOrdinaryIsSaid() {
    assertThat(WORKLOAD).hasToString("float, p = 5, k = 3, n = 100");
    assertThat(WORKLOAD.withStudents(2).withThreads(3).withEvaluations(4))
        .hasToString("float, p = 5, k = 3, n = 100, 2 students, 3 threads, evaluated 4 times");
  }

  /** Threads share the samples of one student, or whole students where there are several. */
  @Test
  void aThreadHasItsShareRoundedUp() {
    Workload one = WORKLOAD.withThreads(3);
    assertThat(one.samplesOfAThread()).isEqualTo(34);
    assertThat(one.studentsOfAThread()).isEqualTo(1);
    Workload several = WORKLOAD.withThreads(3).withStudents(4);
    assertThat(several.samplesOfAThread()).isEqualTo(100);
    assertThat(several.studentsOfAThread()).isEqualTo(2);
  }

  @Test
  void aMachineSaysWhatIsKnownOfIt() {
    Machine machine = new Machine("AuthenticAMD", "EPYC", "25", "1", 2, 4, "avx2", 256);
    assertThat(machine.isKnown()).isTrue();
    assertThat(machine.hasFma()).isTrue();
    assertThat(machine)
        .hasToString(
            "EPYC (AuthenticAMD, family 25, model 1), 2 cores, 4 threads, avx2, vectors of 256"
                + " bits");
    assertThat(machine.vectorsInWords()).isEqualTo("avx2 in vectors of 256 bits");
    assertThat(machine.facts())
        .containsEntry("physical cores", "2")
        .containsEntry("logical cores", "4")
        .containsEntry("instructions", "avx2")
        .containsEntry("vector bits", "256")
        .containsEntry("model number", "1");
    Machine coreless = new Machine("AuthenticAMD", "EPYC", "25", "1", 0, 0, "avx2", 256);
    assertThat(coreless.isKnown()).isFalse();
    assertThat(coreless).asString().contains(", unknown cores, unknown threads, ");
    Machine threadless = new Machine("AuthenticAMD", "EPYC", "25", "1", 2, 0, "avx2", 256);
    assertThat(threadless.isKnown()).isFalse();
    Machine threads = new Machine("AuthenticAMD", "EPYC", "25", "1", 0, 4, "avx2", 256);
    assertThat(threads.isKnown()).isFalse();
    Machine narrow = new Machine("AuthenticAMD", "EPYC", "25", "1", 2, 4, "avx2", 128);
    Machine older = new Machine("AuthenticAMD", "EPYC", "25", "1", 2, 4, "avx-without-fma", 256);
    assertThat(older.hasFma()).isFalse();
    assertThat(machine.hasVectorsOf(narrow)).isFalse();
    assertThat(machine.hasVectorsOf(older)).isFalse();
    assertThat(machine.hasVectorsOf(coreless)).isTrue();
  }
}
