package dev.patchgrad.bench.peer;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import dev.patchgrad.bench.problem.NotOnThisMachineException;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.network.Precision;

/**
 * The gradient by dev.ludovic.netlib: four calls of gemv. A row-major matrix is BLAS's transposed
 * one, column-major.
 */
final class NetlibPeers {
  /** Its BLAS in Java over the Vector API. */
  static final String VECTOR = "netlib-vector";

  /** Its bridge to the BLAS that the system has. */
  static final String NATIVE = "netlib-native";

  private NetlibPeers() {}

  /**
   * netlib's Vector BLAS.
   *
   * @throws IllegalStateException if netlib chose another one of its own
   */
  static GradientKernel vector(Precision precision) {
    BLAS blas = JavaBLAS.getInstance();
    String type = blas.getClass().getSimpleName();
    if (!type.equals("VectorBLAS")) {
      throw new IllegalStateException("netlib: VectorBLAS expected; got " + type);
    }
    return create(VECTOR, blas, "netlib " + type, precision);
  }

  /**
   * The system's BLAS, on one thread where it is an OpenBLAS.
   *
   * @throws NotOnThisMachineException if the system has none that netlib finds
   */
  static GradientKernel nativeBlas(Precision precision) {
    BLAS blas;
    try {
      blas = NativeBLAS.getInstance();
    } catch (RuntimeException | LinkageError e) {
      throw new NotOnThisMachineException(
          "kernel: " + NATIVE + " given; expected a BLAS that this system has: " + e.getMessage());
    }
    return create(NATIVE, blas, NativeLibrary.describeBlas(), precision);
  }

  private static GradientKernel create(
      String name, BLAS blas, String resolved, Precision precision) {
    return switch (precision) {
      case DOUBLE -> new DoubleNetlib(name, blas, resolved);
      case FLOAT -> new FloatNetlib(name, blas, resolved);
    };
  }
}
