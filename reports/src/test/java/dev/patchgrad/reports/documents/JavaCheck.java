package dev.patchgrad.reports.documents;

import java.util.ArrayList;
import java.util.List;

/**
 * The {@code java} command, with a jar of the project's.
 *
 * @param build that makes the jars
 * @param properties that may be set
 * @param tool whose arguments follow its jar
 */
record JavaCheck(Build build, PropertyCheck properties, ToolCheck tool) implements CommandCheck {
  private static final String TOOL = "reports/target/patchgrad.jar";

  @Override
  public List<String> wrong(List<String> arguments) {
    List<String> wrong = new ArrayList<>();
    int jar = arguments.indexOf("-jar") + 1;
    if (jar > 0 && jar < arguments.size()) {
      String path = arguments.get(jar);
      List<String> rest = arguments.subList(jar + 1, arguments.size());
      if (!build.jars().contains(path)) {
        wrong.add("-jar " + path + ": the build makes no such jar; expected " + build.jars());
      } else if (path.equals(TOOL)) {
        wrong.addAll(tool.wrong(rest));
      }
    }
    arguments.stream()
        .filter(word -> word.startsWith("-D"))
        .forEach(word -> wrong.addAll(properties.wrong(word)));
    return wrong;
  }
}
