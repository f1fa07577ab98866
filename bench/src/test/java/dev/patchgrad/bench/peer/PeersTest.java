package dev.patchgrad.bench.peer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.network.Precision;
import org.junit.jupiter.api.Test;

/** The list of peers: what it makes of a name. */
class PeersTest {
  @Test
  void anUnknownNameIsRefusedWithPeersAndKernels() {
    assertThatThrownBy(() -> Peers.create("foo", Precision.FLOAT))
        .hasMessageStartingWith(
            "kernel: 'foo' is unknown; expected one of netlib-vector, netlib-native, ojalgo, ejml,"
                + " openblas, c-plain, c-rows, c-interleaved, scalar");
    assertThatThrownBy(() -> Peers.createStudents("foo", Precision.FLOAT))
        .hasMessageStartingWith(
            "kernel: 'foo' is unknown; expected one of netlib-vector, netlib-native, openblas,"
                + " c-tiles, tiles, scalar");
  }
}
