package dev.patchgrad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchgrad.kernel.Kernels;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's pom and program, pasted into a project of their own, run by Maven with the library
 * that was just built; {@code core/src/build/TryConsumer.java} pastes them.
 */
class ConsumerTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

  @TempDir private static Path repository;
  private static String version = "";

  /** What an installation would hold: the jar, its pom, and the pom of the whole. */
  @BeforeAll
  static void publish() throws Exception {
    Matcher stated = VERSION.matcher(Files.readString(PROJECT.resolve("pom.xml")));
    assertThat(stated.find()).isTrue();
    version = stated.group(1);
    copy(PROJECT.resolve("pom.xml"), "patchgrad");
    Path pom = copy(PROJECT.resolve("core/pom.xml"), "patchgrad-core");
    Path library = Path.of(pom.toString().replaceFirst("\\.pom$", ".jar"));
    Path classes =
        Path.of(Kernels.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    StringWriter messages = new StringWriter();
    PrintWriter writer = new PrintWriter(messages);
    int exit =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                writer,
                writer,
                "--create",
                "--file",
                library.toString(),
                "-C",
                classes.toString(),
                ".");
    assertThat(exit).as(messages.toString()).isZero();
    addChecksum(library);
  }

  private static Path copy(Path pom, String artifact) throws Exception {
    Path folder = repository.resolve("dev/patchgrad").resolve(artifact).resolve(version);
    Files.createDirectories(folder);
    Path copy = Files.copy(pom, folder.resolve(artifact + "-" + version + ".pom"));
    addChecksum(copy);
    return copy;
  }

  /** Without one Maven takes nothing from a repository whose checksums it is to check. */
  private static void addChecksum(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(file));
    Files.writeString(
        file.resolveSibling(file.getFileName() + ".sha1"), HexFormat.of().formatHex(digest));
  }

  /** Pastes and runs, on the JDK of a folder. */
  private static ChildJvm.Outcome tryConsumer(Path jdk) throws Exception {
    String home = System.getProperty("maven.home", "");
    assumeTrue(!home.isEmpty(), "only Maven knows where Maven is");
    String windows = System.getProperty("os.name", "").startsWith("Windows") ? ".cmd" : "";
    return ChildJvm.runJava(
        jdk,
        List.of(
            PROJECT.resolve("core/src/build/TryConsumer.java").toString(),
            PROJECT.resolve("README.md").toString(),
            repository.toString(),
            version,
            Path.of(home, "bin", "mvn" + windows).toString(),
            System.getProperty("maven.local", "")));
  }

  @Test
  void theReadmesProjectRunsAsItIsPasted() throws Exception {
    ChildJvm.Outcome outcome = tryConsumer(Path.of(System.getProperty("java.home")));
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    assertThat(outcome.text()).contains("on the class path", "on the module path");
  }

  /** On the JDK that runs Maven, where that is an older one. */
  @Test
  void anOlderJdkSaysWhatTheReadmeSays() throws Exception {
    Path jdk = Path.of(System.getProperty("maven.jdk", ""));
    Path release = jdk.resolve("release");
    assumeTrue(Files.exists(jdk.resolve("bin/javac")) && Files.exists(release), "a whole JDK");
    Matcher feature = Pattern.compile("JAVA_VERSION=\"(\\d+)").matcher(Files.readString(release));
    assumeTrue(feature.find() && Integer.parseInt(feature.group(1)) < 25, "an older JDK");
    String message = "release version 25 not supported";
    assertThat(Files.readString(PROJECT.resolve("README.md"))).contains("`" + message + "`");
    ChildJvm.Outcome outcome = tryConsumer(jdk);
    assertThat(outcome.exit()).isNotZero();
    assertThat(outcome.text()).contains(message);
  }
}
