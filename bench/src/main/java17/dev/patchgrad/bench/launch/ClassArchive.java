package dev.patchgrad.bench.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Classes as the first fork loaded them, for the forks after it (HotSpot's class-data sharing).
 *
 * <p>Half of a short fork's start goes into loading and verifying JMH's and the suites' classes:
 * 0.9 s a fork fell to 0.5 s (Zen 3, 2 cores, 2026-11-24, 16 forks of GradientBenchmark with 20 ms
 * of measuring). In a run of 280 forks these are two minutes, which are better spent on warm-up.
 * What is compiled, and how, stays as it is. Sharing takes jars only, so folders are packed.
 */
final class ClassArchive implements AutoCloseable {
  /**
   * Jars and archive take 5 MB. A JVM that cannot write its archive fails, with all its numbers.
   */
  private static final long SPACE = 64L << 20;

  private final TemporaryFolder folder;

  private ClassArchive(TemporaryFolder folder) {
    this.folder = folder;
  }

  /**
   * A new archive, still empty.
   *
   * @param vmName of the forks' JVM
   * @param flags of the forks
   * @return the archive; empty where the JVM is none of HotSpot's, the flags settle sharing
   *     themselves, or the temporary folder has little space
   * @throws IOException if the temporary folder cannot be made
   */
  static Optional<ClassArchive> create(String vmName, List<String> flags) throws IOException {
    boolean hotSpot = vmName.contains("HotSpot") || vmName.contains("OpenJDK");
    boolean settled =
        flags.stream().anyMatch(flag -> flag.contains("-Xshare") || flag.contains("Archive"));
    if (!hotSpot || settled) {
      return Optional.empty();
    }
    TemporaryFolder folder = TemporaryFolder.create();
    if (Files.getFileStore(folder.path()).getUsableSpace() < SPACE) {
      folder.close();
      return Optional.empty();
    }
    return Optional.of(new ClassArchive(folder));
  }

  /** Flags by which a fork uses the archive, or makes it where there is none yet. */
  List<String> flags() {
    return List.of(
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile=" + folder.path().resolve("classes.jsa"),
        // Each fork would tell that the JDK's own archive has no module graph with added modules.
        "-Xlog:cds=off");
  }

  /**
   * A class path of jars.
   *
   * @param classPath of jars and folders
   * @return the same, each folder packed into a jar
   * @throws IOException if a folder cannot be packed
   */
  String jars(String classPath) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (!Files.isDirectory(path)) {
        jars.add(entry);
        continue;
      }
      Path jar = folder.path().resolve(jars.size() + ".jar");
      pack(path, jar);
      jars.add(jar.toString());
    }
    return String.join(File.pathSeparator, jars);
  }

  /** Not by the {@code jar} tool, which leaves a file of its own where it is killed. */
  private static void pack(Path folder, Path jar) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
        Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
