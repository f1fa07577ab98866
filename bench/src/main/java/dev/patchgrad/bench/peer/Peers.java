package dev.patchgrad.bench.peer;

import dev.patchgrad.bench.problem.NotOnThisMachineException;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.network.Precision;
import dev.patchgrad.reports.grid.PeerComparison;
import dev.patchgrad.reports.grid.SuiteNames;

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
      case OpenBlas.NAME -> OpenBlas.create(precision);
      case CPeers.PLAIN, CPeers.ROWS, CPeers.INTERLEAVED -> CPeers.create(name, precision);
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

  /**
   * A peer for many students, or patchgrad's ways.
   *
   * @param name of a peer; {@value SuiteNames#TILES}, or a kernel for one student after the other
   * @param precision of the batches
   * @return the kernel
   * @throws IllegalArgumentException if there is none of that name
   * @throws NotOnThisMachineException if this system lacks it
   */
  public static StudentsKernel createStudents(String name, Precision precision) {
    return switch (name) {
      case NetlibPeers.VECTOR -> NetlibPeers.vectorStudents(precision);
      case NetlibPeers.NATIVE -> NetlibPeers.nativeStudents(precision);
      case OpenBlas.NAME -> OpenBlas.students(precision);
      case CPeers.TILES -> CPeers.students(precision);
      case SuiteNames.TILES -> Kernels.createStudents(precision);
      default -> {
        if (!Kernels.names().contains(name)) {
          throw new IllegalArgumentException(
              "kernel: '"
                  + name
                  + "' is unknown; expected one of "
                  + String.join(", ", PeerComparison.STUDENT_PEERS)
                  + ", "
                  + SuiteNames.TILES
                  + ", "
                  + String.join(", ", Kernels.names()));
        }
        yield Kernels.createStudents(name, precision);
      }
    };
  }
}
