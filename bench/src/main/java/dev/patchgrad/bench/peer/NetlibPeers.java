package dev.patchgrad.bench.peer;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import dev.patchgrad.bench.problem.NotOnThisMachineException;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.network.Precision;

/**
 * The gradient by dev.ludovic.netlib: four calls of gemv, or of many students two of gemm. A
 * row-major matrix is BLAS's transposed one, column-major.
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
    BLAS blas = vectorBlas();
    return create(VECTOR, blas, "netlib " + blas.getClass().getSimpleName(), precision);
  }

  /**
   * The gradients of many students by the same.
   *
   * @throws IllegalStateException if netlib chose another one of its own
   */
  static StudentsKernel vectorStudents(Precision precision) {
    BLAS blas = vectorBlas();
    return students(VECTOR, blas, "netlib " + blas.getClass().getSimpleName(), precision);
  }

  private static BLAS vectorBlas() {
    BLAS blas = JavaBLAS.getInstance();
    String type = blas.getClass().getSimpleName();
    if (!type.equals("VectorBLAS")) {
      throw new IllegalStateException("netlib: VectorBLAS expected; got " + type);
    }
    return blas;
  }

  /**
   * The system's BLAS, on one thread where it is an OpenBLAS.
   *
   * @throws NotOnThisMachineException if the system has none that netlib finds
   */
  static GradientKernel nativeBlas(Precision precision) {
    BLAS blas = systemBlas();
    return create(NATIVE, blas, NativeLibrary.describeBlas(), precision);
  }

  /**
   * The gradients of many students by the same.
   *
   * @throws NotOnThisMachineException if the system has none that netlib finds
   */
  static StudentsKernel nativeStudents(Precision precision) {
    BLAS blas = systemBlas();
    return students(NATIVE, blas, NativeLibrary.describeBlas(), precision);
  }

  private static BLAS systemBlas() {
    OpenBlas.tellProcessor();
    try {
      return NativeBLAS.getInstance();
    } catch (RuntimeException | LinkageError e) {
      throw new NotOnThisMachineException(
          "kernel: " + NATIVE + " given; expected a BLAS that this system has: " + e.getMessage());
    }
  }

  private static StudentsKernel students(
      String name, BLAS blas, String resolved, Precision precision) {
    return switch (precision) {
      case DOUBLE -> new DoubleNetlibStudents(name, blas, resolved);
      case FLOAT -> new FloatNetlibStudents(name, blas, resolved);
    };
  }

  private static GradientKernel create(
      String name, BLAS blas, String resolved, Precision precision) {
    return switch (precision) {
      case DOUBLE -> new DoubleNetlib(name, blas, resolved);
      case FLOAT -> new FloatNetlib(name, blas, resolved);
    };
  }
}
