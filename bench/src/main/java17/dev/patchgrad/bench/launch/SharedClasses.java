package dev.patchgrad.bench.launch;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The class path of the forks, and the flags by which they share what they loaded from it.
 *
 * @param archive that they share; empty where each loads its own
 * @param classPath of jars and folders
 * @param flags of a fork
 */
record SharedClasses(Optional<ClassArchive> archive, String classPath, List<String> flags)
    implements AutoCloseable {

  /** Copies the list. */
  SharedClasses {
    flags = List.copyOf(flags);
  }

  /** Each fork loads its own. */
  static SharedClasses none(String classPath) {
    return new SharedClasses(Optional.empty(), classPath, List.of());
  }

  /**
   * A new archive, where there can be one.
   *
   * @param vmName of the forks' JVM
   * @param flags of the forks
   * @param classPath of jars and folders
   * @throws IOException if the temporary folder cannot be written; then nothing is left in it
   */
  static SharedClasses of(String vmName, List<String> flags, String classPath) throws IOException {
    Optional<ClassArchive> archive = ClassArchive.create(vmName, flags);
    if (archive.isEmpty()) {
      return none(classPath);
    }
    try {
      String jars = archive.get().jars(classPath);
      return new SharedClasses(archive, jars, archive.get().flags());
    } catch (IOException e) {
      archive.get().close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    if (archive.isPresent()) {
      archive.get().close();
    }
  }
}
