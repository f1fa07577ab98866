package dev.patchgrad.bench.peer;

import dev.patchgrad.bench.problem.NotOnThisMachineException;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.network.Precision;
import dev.patchgrad.reports.grid.PeerComparison;

/** What a user would take instead of patchgrad's kernels, by name, beside these kernels. */
public final class Peers {
  private Peers() {}

  /**
   * A peer, or one of patchgrad's kernels.
   *
   * @param name of either
   * @param precision of the batches
   * @return the kernel
   * @throws IllegalArgumentException if there is none of that name
   * @throws NotOnThisMachineException if this system lacks it
   */
  public static GradientKernel create(String name, Precision precision) {
    return switch (name) {
      case NetlibPeers.VECTOR -> NetlibPeers.vector(precision);
      case NetlibPeers.NATIVE -> NetlibPeers.nativeBlas(precision);
      case OjalgoPeers.NAME -> OjalgoPeers.create(precision);
      default -> {
        if (!Kernels.names().contains(name)) {
          throw new IllegalArgumentException(
              "kernel: '"
                  + name
                  + "' is unknown; expected one of "
                  + String.join(", ", PeerComparison.PEERS)
                  + ", "
                  + String.join(", ", Kernels.names()));
        }
        yield Kernels.create(name, precision);
      }
    };
  }
}
