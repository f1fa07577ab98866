package dev.patchgrad.bench.peer;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Which BLAS this process has loaded, and what that makes of the processor. */
final class NativeLibrary {
  private static final Path MAPS = Path.of("/proc/self/maps");

  private NativeLibrary() {}

  /** The library's file, and OpenBLAS's core type; on one thread from here on. */
  @SuppressWarnings("restricted") // asking a library that is loaded already
  static String describeBlas() {
    Optional<Path> file = loaded();
    if (file.isEmpty()) {
      return "native BLAS, library unknown";
    }
    SymbolLookup library = SymbolLookup.libraryLookup(file.get(), Arena.global());
    Optional<MemorySegment> core = library.find("openblas_get_corename");
    if (core.isEmpty()) {
      return "native BLAS " + file.get();
    }
    Linker linker = Linker.nativeLinker();
    try {
      // The kernels beside it have one thread, too.
      MethodHandle threads =
          linker.downcallHandle(
              library.find("openblas_set_num_threads").orElseThrow(),
              FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
      threads.invokeExact(1);
      MethodHandle name =
          linker.downcallHandle(core.get(), FunctionDescriptor.of(ValueLayout.ADDRESS));
      MemorySegment text = (MemorySegment) name.invokeExact();
      return "OpenBLAS "
          + file.get()
          + ", core type "
          + text.reinterpret(Long.MAX_VALUE).getString(0)
          + ", 1 thread";
    } catch (Throwable e) {
      throw new IllegalStateException(file.get() + ": OpenBLAS does not answer", e);
    }
  }

  private static Optional<Path> loaded() {
    try (Stream<String> lines = Files.lines(MAPS)) {
      return lines
          .filter(line -> line.contains("/") && line.contains("blas"))
          .map(line -> line.substring(line.indexOf('/')))
          .filter(path -> path.contains(".so") && !path.contains("netlib"))
          .map(Path::of)
          .findFirst();
    } catch (IOException | java.io.UncheckedIOException e) {
      return Optional.empty(); // another system than Linux
    }
  }
}
