package dev.patchgrad.bench.peer;

import dev.patchgrad.bench.problem.NotOnThisMachineException;
import dev.patchgrad.network.Precision;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The C sources of {@code bench/src/main/c}, compiled for this processor by the system's {@code cc}
 * and loaded; once a JVM and precision.
 */
final class CompiledSources {
  /** What POSIX systems call their C compiler. */
  private static final String COMPILER = "cc";

  private static final List<String> SOURCES = List.of("single.c", "students.c");

  private static final List<String> HEADERS = List.of("vectors.h");

  /**
   * Sums may be taken in another order, or no plain loop would become vectors. Not -ffast-math:
   * with that, gcc before 13 turns off denormal numbers for the whole process that loads the
   * library.
   */
  private static final List<String> FLAGS =
      List.of(
          "-O3",
          "-fassociative-math",
          "-fno-signed-zeros",
          "-fno-trapping-math",
          "-fno-math-errno",
          "-fPIC",
          "-shared");

  /** How compilers say "this processor"; the first that this one knows is taken. */
  private static final List<String> THIS_PROCESSOR = List.of("-march=native", "-mcpu=native");

  private static final long SECONDS = 60;

  /** Compiled when it is first asked for. */
  private static final class Doubles {
    static final CompiledSources SOURCES = load(COMPILER, Precision.DOUBLE, temporary());
  }

  /** Compiled when it is first asked for. */
  private static final class Floats {
    static final CompiledSources SOURCES = load(COMPILER, Precision.FLOAT, temporary());
  }

  private final @Nullable SymbolLookup library;

  /** Instruction set and compiler; or why there is no library. */
  private final String text;

  private CompiledSources(@Nullable SymbolLookup library, String text) {
    this.library = library;
    this.text = text;
  }

  /**
   * The library of a precision.
   *
   * @throws NotOnThisMachineException if this system has no C compiler, or it fails
   */
  static CompiledSources of(Precision precision) {
    return switch (precision) {
      case DOUBLE -> Doubles.SOURCES.require();
      case FLOAT -> Floats.SOURCES.require();
    };
  }

  /**
   * This, where it was compiled.
   *
   * @throws NotOnThisMachineException if it was not
   */
  CompiledSources require() {
    if (library == null) {
      throw new NotOnThisMachineException(
          "kernel: C given; expected a system with a C compiler: " + text);
    }
    return this;
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** Instruction set and compiler. */
  String text() {
    return text;
  }

  /**
   * A function of the library.
   *
   * @param name of the function
   * @param result its layout; null for none
   * @param arguments their layouts: addresses are those of Java's arrays
   */
  @SuppressWarnings("restricted") // the library is compiled from this project's own sources
  MethodHandle function(String name, @Nullable MemoryLayout result, MemoryLayout... arguments) {
    SymbolLookup functions = library;
    if (functions == null) {
      throw new IllegalStateException(text);
    }
    FunctionDescriptor descriptor =
        result == null
            ? FunctionDescriptor.ofVoid(arguments)
            : FunctionDescriptor.of(result, arguments);
    return Linker.nativeLinker()
        .downcallHandle(
            functions
                .find(name)
                .orElseThrow(() -> new IllegalStateException(name + " is not in C")),
            descriptor,
            // A call takes microseconds, and the arrays stay where they are meanwhile.
            Linker.Option.critical(true));
  }

  /**
   * Compiles and loads.
   *
   * @param compiler to run
   * @param precision of the library
   * @param parent where a folder is made, and removed
   */
  static CompiledSources load(String compiler, Precision precision, Path parent) {
    Path folder;
    try {
      folder = Files.createTempDirectory(parent, "patchgrad-c");
    } catch (IOException e) {
      return new CompiledSources(null, "no temporary folder: " + e.getMessage());
    }
    try {
      return compile(compiler, precision, folder);
    } catch (IOException | IllegalArgumentException e) {
      // The latter where the folder may hold no programs.
      return new CompiledSources(null, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CompiledSources(null, "interrupted");
    } finally {
      delete(folder);
    }
  }

  @SuppressWarnings("restricted") // compiled from this project's own sources
  private static CompiledSources compile(String compiler, Precision precision, Path folder)
      throws IOException, InterruptedException {
    for (String name : Stream.concat(HEADERS.stream(), SOURCES.stream()).toList()) {
      try (InputStream source = CompiledSources.class.getResourceAsStream(name)) {
        if (source == null) {
          throw new IOException(name + " is not beside this class");
        }
        Files.copy(source, folder.resolve(name));
      }
    }
    String words = "";
    for (String processor : THIS_PROCESSOR) {
      Path library = folder.resolve("gradients.so");
      List<String> command = new ArrayList<>(List.of(compiler, processor));
      command.addAll(FLAGS);
      if (precision == Precision.FLOAT) {
        command.add("-DSINGLE");
      }
      command.addAll(SOURCES);
      command.addAll(List.of("-o", library.toString()));
      words = run(command, folder);
      if (words.isEmpty()) {
        SymbolLookup lookup = SymbolLookup.libraryLookup(library, Arena.global());
        return new CompiledSources(lookup, "C, " + described(lookup));
      }
    }
    return new CompiledSources(null, words);
  }

  /** Runs the compiler; gives nothing where it made the library, else the end of what it said. */
  private static String run(List<String> command, Path folder)
      throws IOException, InterruptedException {
    String compiler = command.get(0);
    Path log = folder.resolve("log");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      return compiler + " cannot be run";
    }
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        return compiler + " took more than " + SECONDS + " seconds";
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() == 0) {
      return "";
    }
    String said = Files.readString(log, StandardCharsets.ISO_8859_1).strip();
    return compiler
        + " gave exit code "
        + process.exitValue()
        + ": "
        + said.substring(said.lastIndexOf('\n') + 1);
  }

  @SuppressWarnings("restricted") // a constant text of the library
  private static String described(SymbolLookup library) {
    AddressLayout text =
        ValueLayout.ADDRESS.withTargetLayout(
            MemoryLayout.sequenceLayout(Long.MAX_VALUE, ValueLayout.JAVA_BYTE));
    MethodHandle described =
        Linker.nativeLinker()
            .downcallHandle(library.find("described").orElseThrow(), FunctionDescriptor.of(text));
    try {
      return ((MemorySegment) described.invokeExact()).getString(0);
    } catch (Throwable e) {
      throw new IllegalStateException("the C library does not answer", e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // A few kilobytes stay in the temporary folder.
    }
  }
}
