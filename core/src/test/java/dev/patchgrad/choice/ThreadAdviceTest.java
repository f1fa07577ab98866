package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.network.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds when a choice tells its reader of threads. */
class ThreadAdviceTest {
  private static Machine machine(int logicalCores, int lastKib) {
    return new Machine(
        "vendor", "model", "1", "1", 1, logicalCores, "avx2", 256, List.of(), 32, 512, lastKib);
  }

  /** 8 bytes of 64 times 16 elements: 8 KiB a sample. */
  private static Workload samples(int n) {
    return Workload.of(Precision.DOUBLE).p(64).k(16).n(n);
  }

  @Test
  void oneThreadIsToldOfTwoWhereTheBatchComesFromMemory() {
    Machine machine = machine(2, 32 * 1024);
    assertThat(ThreadAdvice.of(samples(4097), machine).orElseThrow())
        .contains("the patches, 32.0 MiB,", "cache has 32.0 MiB", "BatchLoss.of(batch).threads(2)");
    assertThat(ThreadAdvice.of(samples(4096), machine)).as("it just fits").isEmpty();
  }

  @Test
  void nothingIsSaidWhereThreadsHelpLittleOrNothingIsKnown() {
    Workload large = samples(100_000);
    assertThat(ThreadAdvice.of(large, machine(1, 32 * 1024))).as("one core").isEmpty();
    assertThat(ThreadAdvice.of(large, machine(2, 0))).as("an unknown cache").isEmpty();
    assertThat(ThreadAdvice.of(large.withStudents(2), machine(2, 1024)))
        .as("students in one pass")
        .isEmpty();
  }

  @Test
  void severalThreadsAreToldWhatTheyShare() {
    Machine machine = machine(4, 32 * 1024);
    assertThat(ThreadAdvice.of(samples(10).withThreads(2), machine).orElseThrow())
        .startsWith("2 threads share the samples");
    assertThat(ThreadAdvice.of(samples(10).withStudents(5).withThreads(2), machine).orElseThrow())
        .isEqualTo("each of 2 threads takes 3 of the students, with a kernel of its own");
  }
}
