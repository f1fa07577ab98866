import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Checks a staging folder against the rules of Maven Central, as {@code java CheckStaging.java
 * FOLDER [--signed] [JAR...]}: each artifact has its jars, a pom that says all that is asked for,
 * checksums that are right, a bill of materials, and licence and notice in every jar, those of JARs
 * beside the folder included. It lists what is wrong, and ends with 1 if there is something.
 *
 * <p>The rules are those of "Requirements" in Central's documentation for publishers.
 */
final class CheckStaging {
  private static final List<String> KINDS =
      List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json", "-cyclonedx.xml");

  /** Checksums that Central asks for; others are checked where they are. */
  private static final Set<String> NEEDED = Set.of("md5", "sha1");

  private static final Map<String, String> ALGORITHMS =
      Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512");

  private final Path root;
  private final boolean signed;
  private final List<String> wrong = new ArrayList<>();

  private CheckStaging(Path root, boolean signed) {
    this.root = root;
    this.signed = signed;
  }

  /**
   * Checks a folder.
   *
   * @param arguments the folder, {@code --signed} if every file must have a signature, further jars
   * @throws IOException if a file cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0) {
      System.err.println("usage: java CheckStaging.java FOLDER [--signed] [JAR...]");
      System.exit(2);
    }
    CheckStaging check =
        new CheckStaging(Path.of(arguments[0]), List.of(arguments).contains("--signed"));
    List<Path> poms = check.filesThatEndIn(".pom");
    if (poms.isEmpty()) {
      check.wrong.add(check.root + " holds no pom");
    }
    for (Path pom : poms) {
      check.artifact(pom);
    }
    for (Path file : check.filesThatEndIn("")) {
      check.file(file);
    }
    for (String argument : arguments) {
      if (argument.endsWith(".jar")) {
        check.jar(Path.of(argument).toAbsolutePath());
      }
    }
    check.wrong.forEach(System.err::println);
    System.out.printf("%d artifacts checked, %d faults%n", poms.size(), check.wrong.size());
    System.exit(check.wrong.isEmpty() ? 0 : 1);
  }

  private List<Path> filesThatEndIn(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(ending))
          .sorted()
          .toList();
    }
  }

  private void report(Path file, String what) {
    wrong.add((file.startsWith(root) ? root.relativize(file) : file) + ": " + what);
  }

  /** An artifact's files, and what its pom says. */
  private void artifact(Path pom) throws IOException {
    Path folder = pom.getParent();
    String version = folder.getFileName().toString();
    String name = folder.getParent().getFileName().toString();
    String group = slashes(root.relativize(folder.getParent().getParent())).replace('/', '.');
    if (version.endsWith("-SNAPSHOT")) {
      report(folder, "a snapshot, which Central does not take");
    }
    for (String kind : KINDS) {
      Path file = folder.resolve(name + "-" + version + kind);
      if (!Files.isRegularFile(file)) {
        report(file, "is missing");
      }
    }
    Element project = parse(pom);
    expect(pom, project, "groupId", group);
    expect(pom, project, "artifactId", name);
    expect(pom, project, "version", version);
    for (String path :
        List.of(
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/developerConnection",
            "scm/url")) {
      if (text(project, path).isEmpty()) {
        report(pom, path + " is missing");
      }
    }
    for (String unwanted : List.of("parent", "repositories", "distributionManagement")) {
      if (child(project, unwanted) != null) {
        report(pom, unwanted + " found, which a published pom does without");
      }
    }
    if (Files.readString(pom).contains("${")) {
      report(pom, "a property is not replaced");
    }
    NodeList dependencies = project.getElementsByTagName("dependency");
    for (int i = 0; i < dependencies.getLength(); i++) {
      if (!(dependencies.item(i) instanceof Element dependency)) {
        continue;
      }
      String of = text(dependency, "version");
      if (of.isEmpty() || of.endsWith("-SNAPSHOT") || of.startsWith("[")) {
        report(
            pom, text(dependency, "artifactId") + " in version '" + of + "'; expected a release");
      }
      if (text(dependency, "scope").equals("test")) {
        report(pom, text(dependency, "artifactId") + " is of no use to a user");
      }
    }
  }

  private void expect(Path pom, Element project, String path, String value) {
    if (!text(project, path).equals(value)) {
      report(
          pom, path + " is '" + text(project, path) + "'; expected " + value + ", as its folder");
    }
  }

  /** Checksums and signature of a file, and what a jar holds. */
  private void file(Path file) throws IOException {
    String name = file.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1);
    if (ALGORITHMS.containsKey(ending)) {
      String stated = Files.readString(file).strip().split("\\s+")[0];
      Path of = file.resolveSibling(name.substring(0, name.length() - ending.length() - 1));
      if (!Files.exists(of) || !stated.equals(digest(of, ALGORITHMS.get(ending)))) {
        report(file, "is not the checksum of " + of.getFileName());
      }
      return;
    }
    if (ending.equals("asc")) {
      return;
    }
    for (String kind : NEEDED) {
      if (!Files.exists(file.resolveSibling(name + "." + kind))) {
        report(file, "has no " + kind);
      }
    }
    if (name.startsWith("maven-metadata")) {
      return;
    }
    if (signed && !Files.exists(file.resolveSibling(name + ".asc"))) {
      report(file, "has no signature");
    }
    if (ending.equals("jar")) {
      jar(file);
    }
  }

  private void jar(Path file) throws IOException {
    Set<String> libraries = new TreeSet<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      for (String needed : List.of("META-INF/LICENSE", "META-INF/NOTICE")) {
        if (jar.getEntry(needed) == null) {
          report(file, needed + " is missing");
        }
      }
      jar.stream()
          .map(entry -> entry.getName())
          .filter(entry -> entry.matches("META-INF/maven/(?!dev\\.patchgrad/)[^/]+/[^/]+/"))
          .forEach(entry -> libraries.add(entry.split("/", -1)[3]));
      for (String library : libraries) {
        if (jar.getEntry("META-INF/licenses/" + library + "/") == null) {
          report(file, "holds " + library + " without its licence");
        }
      }
      String notice = new String(bytes(jar, "META-INF/NOTICE"), StandardCharsets.UTF_8);
      if (!notice.contains("patchgrad")) {
        report(file, "the notice is another project's");
      }
    }
  }

  private static byte[] bytes(JarFile jar, String name) throws IOException {
    return jar.getEntry(name) == null
        ? new byte[0]
        : jar.getInputStream(jar.getEntry(name)).readAllBytes();
  }

  private static String digest(Path file, String algorithm) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
    } catch (GeneralSecurityException e) {
      throw new IOException(algorithm + " is not there", e);
    }
  }

  private static Element parse(Path pom) throws IOException {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(pom.toFile())
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(pom + " cannot be read", e);
    }
  }

  /** The text at a path of elements; empty if there is none. */
  private static String text(Element from, String path) {
    Element at = from;
    for (String name : path.split("/", -1)) {
      at = child(at, name);
      if (at == null) {
        return "";
      }
    }
    return at.getTextContent().strip();
  }

  private static Element child(Element from, String name) {
    for (Node node = from.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        return element;
      }
    }
    return null;
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }
}
