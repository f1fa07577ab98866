package dev.patchgrad.reports.documents;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules of this project's documents, with what each needs of the project. */
final class Rules {
  private static final Pattern OPTION = Pattern.compile("@Option\\([^\"]*\"(--[\\w-]+)\"");

  /** Of the JVM and of Maven. */
  private static final Set<String> FOREIGN_OPTIONS =
      Set.of("--add-modules", "--enable-native-access", "--module-path", "--also-make");

  /**
   * A mark in the log of C2's compilations, and classes of before that the changelog names beside
   * those of today; the class of the README's program.
   */
  private static final Set<String> FOREIGN_NAMES =
      Set.of("Example", "TypeProfile", "Gradients", "StudentsGradients");

  private Rules() {}

  static Rule links(Project project, List<Document> documents) {
    Map<String, Set<String>> anchors =
        documents.stream().collect(Collectors.toMap(Document::path, Document::anchors));
    return new Links(project.folder(), anchors);
  }

  static Rule namesOfClasses(Project project) {
    return new NamesOfClasses(Sources.of(project), FOREIGN_NAMES);
  }

  static Rule commands(Project project) throws IOException {
    Build build = Build.of(project.folder());
    ToolCheck tool = new ToolCheck();
    Set<String> experiments =
        Set.copyOf(
            Sources.find(
                project.filesIn("bench/src/main/java/dev/patchgrad/bench/experiments"), OPTION));
    PropertyCheck properties =
        new PropertyCheck(Suites.of(project), build, Sources.of(project), tool, experiments);
    Set<String> options = new HashSet<>(FOREIGN_OPTIONS);
    options.addAll(experiments);
    options.addAll(ToolCheck.options());
    MavenCheck maven = new MavenCheck(build, properties);
    return new Commands(
        Map.of(
            "mvn", maven,
            "./mvnw", maven,
            "java", new JavaCheck(build, properties, tool),
            "patchgrad", tool,
            "bin/patchgrad", tool),
        properties,
        options);
  }
}
