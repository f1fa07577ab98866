import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pastes the README's pom and its Java into a project of their own, as a reader would, and runs it
 * with the library of a repository folder, on the class path and on the module path. As {@code java
 * TryConsumer.java README REPOSITORY VERSION MAVEN LOCAL}, on the JDK that the program is to use.
 *
 * <p>Third-party plugins and libraries come from the local repository LOCAL where it has them. The
 * library itself comes from REPOSITORY alone, which is checked byte for byte.
 */
final class TryConsumer {
  private static final Pattern POM =
      Pattern.compile("```xml\n(<project.*?</project>\n)```", Pattern.DOTALL);
  private static final Pattern PROGRAM =
      Pattern.compile("```java\n(.*?)```\\s*prints\\s*```\n(.*?)```", Pattern.DOTALL);
  private static final Pattern COMMAND = Pattern.compile("`mvn ([a-z: ]+exec:exec)`");
  private static final Pattern FILE = Pattern.compile("`(src/main/java)` this `(\\w+)\\.java`");
  private static final Pattern DEPENDENCY =
      Pattern.compile("(<artifactId>patchgrad-core</artifactId>\\s*<version>)[^<]*");
  private static final Pattern IMPORTS = Pattern.compile("\\A(?:import [^\n]*\n|\n)*");

  private final String readme;
  private final Path repository;
  private final String version;
  private final Path maven;
  private final Path local;
  private final Path work;

  private TryConsumer(
      String readme, Path repository, String version, Path maven, Path local, Path work) {
    this.readme = readme;
    this.repository = repository;
    this.version = version;
    this.maven = maven;
    this.local = local;
    this.work = work;
  }

  /**
   * Runs both projects, and says so.
   *
   * @param arguments the document, the repository's folder, the library's version, Maven's command,
   *     the local repository
   * @throws Exception if a project does not run
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 5) {
      System.err.println("usage: java TryConsumer.java README REPOSITORY VERSION MAVEN LOCAL");
      System.exit(2);
    }
    Path work = Files.createTempDirectory("consumer");
    try {
      new TryConsumer(
              Files.readString(Path.of(arguments[0])).replace("\r\n", "\n"),
              Path.of(arguments[1]).toRealPath(),
              arguments[2],
              Path.of(arguments[3]),
              Path.of(arguments[4]),
              work)
          .run();
    } finally {
      delete(work);
    }
  }

  private void run() throws Exception {
    Files.writeString(work.resolve("settings.xml"), settings());
    String pom =
        DEPENDENCY
            .matcher(find(POM, "whole pom").group(1))
            .replaceAll("$1" + Matcher.quoteReplacement(version));
    Program program = new Program(find(PROGRAM, "program with what it prints"));
    Matcher file = find(FILE, "name of the program's file");
    String goals = find(COMMAND, "command that runs the program").group(1);

    Path onClassPath = Files.createDirectories(work.resolve("class-path"));
    Files.writeString(onClassPath.resolve("pom.xml"), pom);
    String name = file.group(2);
    write(onClassPath.resolve(file.group(1)).resolve(name + ".java"), program.source());
    expect(maven(onClassPath, goals.split(" ")), program.printed(), "class path");

    Path onModulePath = Files.createDirectories(work.resolve("module-path"));
    Files.writeString(onModulePath.resolve("pom.xml"), pom);
    Path sources = onModulePath.resolve(file.group(1));
    write(
        sources.resolve("module-info.java"),
        "module example {\n  requires dev.patchgrad.core;\n}\n");
    write(sources.resolve("example/" + name + ".java"), program.inPackage("example", name));
    maven(onModulePath, "compile");
    expect(
        run(
            onModulePath,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "-p",
            onModulePath.resolve("target/classes")
                + System.getProperty("path.separator")
                + library(),
            "-m",
            "example/example." + name),
        program.printed(),
        "module path");
  }

  /** The library as Maven resolved it, which must be the repository's own. */
  private Path library() throws IOException {
    String place =
        "dev/patchgrad/patchgrad-core/" + version + "/patchgrad-core-" + version + ".jar";
    Path resolved = work.resolve("repository").resolve(place);
    if (Files.mismatch(resolved, repository.resolve(place)) >= 0) {
      throw new IllegalStateException(resolved + " is not the jar of " + repository);
    }
    return resolved;
  }

  private String maven(Path project, String... goals) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                maven.toString(),
                "-B",
                "-ntp",
                "-q",
                "-s",
                work.resolve("settings.xml").toString(),
                "-Dmaven.repo.local=" + work.resolve("repository")));
    command.addAll(Arrays.asList(goals));
    return run(project, command.toArray(String[]::new));
  }

  private static String run(Path folder, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("MAVEN_ARGS");
    Process process = builder.start();
    process.getOutputStream().close();
    String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed:\n" + shown);
    }
    return shown.replace("\r\n", "\n");
  }

  private static void expect(String shown, String printed, String where) {
    if (!shown.contains(printed)) {
      throw new IllegalStateException(
          "on the " + where + " the program printed\n" + shown + "expected\n" + printed);
    }
    System.out.println("the README's program prints what it says, on the " + where);
  }

  private Matcher find(Pattern pattern, String what) {
    Matcher found = pattern.matcher(readme);
    if (!found.find()) {
      throw new IllegalStateException("the README has no " + what + ": " + pattern);
    }
    return found;
  }

  /**
   * The library's repository first, then what is there already, then what Maven knows by itself.
   */
  private String settings() {
    String repositories =
        entry("repository", "published", repository, "fail")
            + entry("repository", "there", local, "ignore");
    return """
        <settings>
          <profiles>
            <profile>
              <id>consumer</id>
              <repositories>%s</repositories>
              <pluginRepositories>%s</pluginRepositories>
            </profile>
          </profiles>
          <activeProfiles><activeProfile>consumer</activeProfile></activeProfiles>
        </settings>
        """
        .formatted(repositories, entry("pluginRepository", "there", local, "ignore"));
  }

  private static String entry(String element, String id, Path folder, String checksums) {
    return """
        <%1$s>
          <id>%2$s</id>
          <url>%3$s</url>
          <releases><checksumPolicy>%4$s</checksumPolicy></releases>
          <snapshots><enabled>true</enabled><checksumPolicy>%4$s</checksumPolicy></snapshots>
        </%1$s>
        """
        .formatted(element, id, folder.toUri(), checksums);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * A program of the README, and what it prints.
   *
   * @param source without a package and without a class
   * @param printed as the document shows it
   */
  private record Program(String source, String printed) {
    Program(Matcher found) {
      this(found.group(1), found.group(2));
    }

    /** The same as a class of a package: a module has no room for a class without one. */
    String inPackage(String name, String type) {
      Matcher imports = IMPORTS.matcher(source);
      if (!imports.find()) {
        throw new IllegalStateException("unreachable: the pattern matches nothing as well");
      }
      return "package %s;%n%s%npublic class %s {%n%s}%n"
          .formatted(name, imports.group(), type, source.substring(imports.end()));
    }
  }
}
