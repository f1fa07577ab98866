package dev.patchgrad.reports.documents;

import dev.patchgrad.reports.environment.FormerNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A class that a document names exists, and has the member that is named with it.
 *
 * @param sources of the project
 * @param foreign names of that form that are others'
 */
record NamesOfClasses(Sources sources, Set<String> foreign) implements Rule {
  private static final Pattern NAME =
      Pattern.compile("(?:[a-z]\\w*\\.)*([A-Z]\\w*[a-z]\\w*)((?:\\.\\w+)*)(?:\\(.*)?");

  private static final Pattern FILE_ENDING = Pattern.compile("\\.java(?:\\.ftl)?$");

  /** Copies the set. */
  NamesOfClasses {
    foreign = Set.copyOf(foreign);
  }

  @Override
  public List<Finding> findings(Document document) {
    List<Finding> findings = new ArrayList<>();
    for (Passage span : document.spans()) {
      Matcher name = NAME.matcher(FILE_ENDING.matcher(span.text()).replaceFirst(""));
      if (!name.matches() || isForeign(name.group(1))) {
        continue;
      }
      if (!sources.has(name.group(1))) {
        findings.add(
            document.finding(span.line(), "'" + span.text() + "' names no class of the project"));
        continue;
      }
      for (String member : name.group(2).split("\\.", -1)) {
        if (!member.isEmpty() && !sources.has(name.group(1), member)) {
          findings.add(
              document.finding(
                  span.line(), "'" + span.text() + "': " + name.group(1) + " has no " + member));
        }
      }
    }
    return findings;
  }

  /** A name of Java's own, another's, one of before, or one that the reader is to replace. */
  private boolean isForeign(String name) {
    boolean former = !FormerNames.pattern(name).equals(name);
    if (former || foreign.contains(name) || name.contains("Your")) {
      return true;
    }
    try {
      Class.forName("java.lang." + name, false, ClassLoader.getPlatformClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
