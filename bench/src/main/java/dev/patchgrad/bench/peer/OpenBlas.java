package dev.patchgrad.bench.peer;

import dev.patchgrad.bench.problem.NotOnThisMachineException;
import dev.patchgrad.kernel.GradientKernel;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.network.Precision;
import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * OpenBLAS, called without a library between: on one thread, and told the type of this processor,
 * which it may not know in a virtual machine.
 */
final class OpenBlas {
  static final String NAME = "openblas";

  /** What systems call it, where their loader looks. */
  private static final List<String> FILES =
      List.of(
          "libopenblas.so.0",
          "libopenblas.so",
          "libopenblasp.so.0",
          "libopenblas.dylib",
          "/opt/homebrew/opt/openblas/lib/libopenblas.dylib");

  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  /** Loaded when it is first asked for. */
  private static final class Loaded {
    static final @Nullable SymbolLookup LIBRARY = load();
  }

  private OpenBlas() {}

  /**
   * One student's gradient, by gemv.
   *
   * @throws NotOnThisMachineException if the system has no OpenBLAS
   */
  static GradientKernel create(Precision precision) {
    String resolved = resolved();
    return switch (precision) {
      case DOUBLE -> new DoubleOpenBlas(NAME, resolved);
      case FLOAT -> new FloatOpenBlas(NAME, resolved);
    };
  }

  /**
   * The gradients of many students, by gemm.
   *
   * @throws NotOnThisMachineException if the system has no OpenBLAS
   */
  static StudentsKernel students(Precision precision) {
    String resolved = resolved();
    return switch (precision) {
      case DOUBLE -> new DoubleOpenBlasStudents(NAME, resolved);
      case FLOAT -> new FloatOpenBlasStudents(NAME, resolved);
    };
  }

  /**
   * A function of the library that takes Java's arrays.
   *
   * @param name of the function
   * @param result its layout; null for none
   * @param arguments their layouts
   */
  @SuppressWarnings("restricted") // of a library that this system has
  static MethodHandle function(
      String name, @Nullable MemoryLayout result, MemoryLayout... arguments) {
    FunctionDescriptor descriptor =
        result == null
            ? FunctionDescriptor.ofVoid(arguments)
            : FunctionDescriptor.of(result, arguments);
    return Linker.nativeLinker()
        .downcallHandle(
            library().find(name).orElseThrow(() -> new IllegalStateException(name + " is missing")),
            descriptor,
            Linker.Option.critical(true));
  }

  private static SymbolLookup library() {
    SymbolLookup library = Loaded.LIBRARY;
    if (library == null) {
      throw new NotOnThisMachineException(
          "kernel: " + NAME + " given; expected a system with one of " + String.join(", ", FILES));
    }
    return library;
  }

  @SuppressWarnings("restricted") // constant texts of the library
  private static String resolved() {
    AddressLayout text =
        ValueLayout.ADDRESS.withTargetLayout(
            MemoryLayout.sequenceLayout(Long.MAX_VALUE, ValueLayout.JAVA_BYTE));
    try {
      MemorySegment configuration =
          (MemorySegment) answer("openblas_get_config", text).invokeExact();
      MemorySegment core = (MemorySegment) answer("openblas_get_corename", text).invokeExact();
      return configuration.getString(0).strip() + ", core type " + core.getString(0) + ", 1 thread";
    } catch (NotOnThisMachineException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("OpenBLAS does not answer", e);
    }
  }

  @SuppressWarnings("restricted") // constant texts of the library
  private static MethodHandle answer(String name, MemoryLayout result) {
    return Linker.nativeLinker()
        .downcallHandle(
            library().find(name).orElseThrow(() -> new IllegalStateException(name + " is missing")),
            FunctionDescriptor.of(result));
  }

  @SuppressWarnings("restricted") // of a library that this system has
  private static @Nullable SymbolLookup load() {
    tellProcessor();
    for (String file : FILES) {
      try {
        return SymbolLookup.libraryLookup(file, Arena.global());
      } catch (IllegalArgumentException e) {
        // Not under this name.
      }
    }
    return null;
  }

  /**
   * Sets the environment that OpenBLAS reads when it is loaded: one thread, and the type of the
   * processor by what it can do, unless the user gave one.
   */
  static void tellProcessor() {
    set("OPENBLAS_NUM_THREADS", "1");
    String type = coreType();
    if (!type.isEmpty() && System.getenv("OPENBLAS_CORETYPE") == null) {
      set("OPENBLAS_CORETYPE", type);
    }
  }

  /** Its kernels of AVX-512 or AVX2; those of later types are the same for double and float. */
  private static String coreType() {
    try {
      String text = Files.readString(PROCESSOR, StandardCharsets.ISO_8859_1);
      if (text.contains(" avx512f ") && text.contains(" avx512vl ")) {
        return "SkylakeX";
      }
      return text.contains(" avx2 ") ? "Haswell" : "";
    } catch (IOException e) {
      return ""; // another system than Linux: OpenBLAS finds out itself
    }
  }

  /** The process's own environment: Java's copy of it cannot be changed. */
  @SuppressWarnings("restricted") // a function of every POSIX system
  private static void set(String name, String value) {
    Linker linker = Linker.nativeLinker();
    MemorySegment setenv = linker.defaultLookup().find("setenv").orElse(MemorySegment.NULL);
    if (setenv.equals(MemorySegment.NULL)) {
      return;
    }
    MethodHandle call =
        linker.downcallHandle(
            setenv,
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      int result = (int) call.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
      if (result != 0) {
        throw new IllegalStateException("setenv " + name + " gave " + result);
      }
    } catch (Throwable e) {
      throw new IllegalStateException("setenv " + name + " failed", e);
    }
  }
}
