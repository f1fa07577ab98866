package dev.patchgrad.reports.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The project's folder, as it is kept with the source.
 *
 * @param folder that holds the modules
 * @param files all of them, without what a build or a run leaves
 */
record Project(Path folder, List<Path> files) {
  /** Left by a build, a run, or an editor; the page of a profile is its record's own. */
  private static final Set<String> LEFT = Set.of("target", "reports/runs", "reports/profiles");

  /** Copies the list. */
  Project {
    files = List.copyOf(files);
  }

  /** The project that a module's tests run in. */
  static Project here() {
    return at(Path.of("..").toAbsolutePath().normalize());
  }

  /** The project in a folder. */
  static Project at(Path folder) {
    Set<Path> files = new TreeSet<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes facts) {
              String name = String.valueOf(directory.getFileName());
              boolean hidden = name.startsWith(".") && !name.equals(".github");
              boolean left =
                  LEFT.contains(name)
                      || LEFT.contains(folder.relativize(directory).toString().replace('\\', '/'));
              return !directory.equals(folder) && (hidden || left)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
              files.add(file);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Project(folder, List.copyOf(files));
  }

  /** All documents. */
  List<Document> documents() throws IOException {
    List<Document> documents = new ArrayList<>();
    for (Path file : filesThatEndIn(".md")) {
      documents.add(Document.read(folder, file));
    }
    return documents;
  }

  /** Files by the end of their name. */
  List<Path> filesThatEndIn(String end) {
    return files.stream().filter(file -> file.toString().endsWith(end)).toList();
  }

  /** Files within a folder of the project. */
  List<Path> filesIn(String path) {
    Path root = folder.resolve(path);
    return files.stream().filter(file -> file.startsWith(root)).toList();
  }
}
