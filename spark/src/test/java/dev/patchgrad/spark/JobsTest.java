package dev.patchgrad.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A job that fails is told in words of this module, whatever Spark wrapped it in. */
class JobsTest {
  @Test
  void aShardThatFailedIsTheMessage() {
    ShardException cause = new ShardException(new Shard(3, "/x.npy"), new IOException("no disk"));
    assertThatThrownBy(
            () ->
                Jobs.run(
                    () -> {
                      throw new IOException("Job aborted", new RuntimeException(cause));
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shard 3, /x.npy: IOException: no disk");
  }

  @Test
  void anotherFailureIsTheClusters() {
    IOException cause = new IOException("no network");
    assertThatThrownBy(
            () ->
                Jobs.run(
                    () -> {
                      throw cause;
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the cluster failed: no network")
        .hasCause(cause);
  }

  @Test
  void anInterruptionStaysSet() {
    assertThatThrownBy(
            () ->
                Jobs.run(
                    () -> {
                      throw new InterruptedException();
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
