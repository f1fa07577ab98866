package dev.patchgrad.reports.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What Maven's files say that a command line may ask for.
 *
 * @param modules by name
 * @param plugins prefixes of the plugins that are named anywhere, such as {@code exec}
 * @param executions ids that a goal may be given after an @, and those of profiles
 * @param jars paths within the project of the jars with a name of their own
 * @param properties names that stand in ${...} somewhere
 */
record Build(
    Set<String> modules,
    Set<String> plugins,
    Set<String> executions,
    Set<String> jars,
    Set<String> properties) {

  private static final Pattern PREFIX =
      Pattern.compile("(?:maven-(\\w+)-plugin|(\\w[\\w-]*)-maven-plugin)");
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([\\w.-]+)\\}");

  /** Copies the sets. */
  Build {
    modules = Set.copyOf(modules);
    plugins = Set.copyOf(plugins);
    executions = Set.copyOf(executions);
    jars = Set.copyOf(jars);
    properties = Set.copyOf(properties);
  }

  /** The build of a project. */
  static Build of(Path project) throws IOException {
    Map<String, Path> poms = new HashMap<>();
    Path root = project.resolve("pom.xml");
    List<String> modules = values(root, "module");
    modules.forEach(module -> poms.put(module, project.resolve(module).resolve("pom.xml")));
    poms.put("", root);
    Set<String> plugins = new HashSet<>();
    Set<String> executions = new HashSet<>();
    Set<String> jars = new HashSet<>();
    Set<String> properties = new HashSet<>();
    for (Map.Entry<String, Path> pom : poms.entrySet()) {
      for (String artifact : values(pom.getValue(), "artifactId")) {
        PREFIX
            .matcher(artifact)
            .results()
            .forEach(
                found -> plugins.add(found.group(1) == null ? found.group(2) : found.group(1)));
      }
      executions.addAll(values(pom.getValue(), "id"));
      for (String name : values(pom.getValue(), "finalName")) {
        jars.add(pom.getKey() + "/target/" + name + ".jar");
      }
      PROPERTY
          .matcher(Files.readString(pom.getValue()))
          .results()
          .forEach(found -> properties.add(found.group(1)));
    }
    return new Build(Set.copyOf(modules), plugins, executions, jars, properties);
  }

  /** The texts of all elements of a name. */
  private static List<String> values(Path pom, String element) throws IOException {
    try {
      NodeList nodes =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(pom.toFile())
              .getElementsByTagName(element);
      List<String> values = new ArrayList<>();
      for (int i = 0; i < nodes.getLength(); i++) {
        if (nodes.item(i) instanceof Element found) {
          values.add(found.getTextContent().strip());
        }
      }
      return values;
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(pom + " cannot be read", e);
    }
  }
}
