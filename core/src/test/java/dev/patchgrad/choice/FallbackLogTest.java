package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.internal.Lack;
import dev.patchgrad.network.Precision;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class FallbackLogTest {
  private final RecordingLogger logger = new RecordingLogger();
  private final FallbackLog log = new FallbackLog(logger);

  private static final Lack LACK = new Lack("there is no C2", "get one");
  private static final Workload WANTED = Workload.of(Precision.DOUBLE).k(16).p(8).n(100);
  private static final Candidates CANDIDATES = Candidates.of(WANTED);

  @Test
  void eachKindIsLoggedOnceAtItsLevelAndSaidEachTime() {
    Machine machine = Machine.ofThisJvm();
    String noVectors = log.noVectors(LACK, CANDIDATES);
    String unknownMachine = log.unknownMachine(WANTED, machine);
    String otherJdk = log.otherJdk(List.of("25"), "26");
    assertThat(log.noVectors(LACK, CANDIDATES)).isEqualTo(noVectors);
    assertThat(log.unknownMachine(WANTED, machine)).isEqualTo(unknownMachine);
    assertThat(log.otherJdk(List.of("25"), "27")).contains("this is JDK 27");
    assertThat(logger.lines())
        .containsExactly("WARNING " + noVectors, "INFO " + unknownMachine, "INFO " + otherJdk);
  }

  @Test
  void aHundredThreadsGiveOneLine() {
    CountDownLatch together = new CountDownLatch(100);
    try (ExecutorService threads = Executors.newFixedThreadPool(100)) {
      for (int thread = 0; thread < 100; thread++) {
        threads.execute(
            () -> {
              together.countDown();
              try {
                together.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              log.noVectors(LACK, CANDIDATES);
            });
      }
    }
    assertThat(logger.lines()).hasSize(1);
  }
}
