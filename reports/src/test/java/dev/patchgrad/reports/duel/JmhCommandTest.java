package dev.patchgrad.reports.duel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds how a side's command line is taken apart and put together again. */
class JmhCommandTest {
  private static final BenchmarkCell CELL = new BenchmarkCell("org.x.A$B.run", Map.of("n", "7"));

  @TempDir private Path folder = Path.of("");

  private static JmhCommand parse(List<String> words) throws DuelException {
    return JmhCommand.parse(new Side(words));
  }

  @Test
  void aForkOfAClassPathIsMeasuredByTheSameOptionsAndTakesTurns() throws DuelException {
    JmhCommand command =
        parse(
            ShellWords.split(
                "/jdk/bin/java -Xmx1g -cp 'a b.jar' org.openjdk.jmh.Main A.* -wi 3 -p n=7,8 -f 9"
                    + " -jvmArgsAppend '-XX:UseAVX=2 -Da=b' -rff mine.json"));
    assertThat(command.fork(Path.of("turns.jar"), CELL, Path.of("out.json")))
        .containsExactly(
            "/jdk/bin/java",
            "-Djmh.ignoreLock=true",
            "-Xmx1g",
            "-cp",
            "a b.jar" + File.pathSeparator + "turns.jar",
            "org.openjdk.jmh.Main",
            "^org\\.x\\.A\\$B\\.run$",
            "-wi",
            "3",
            "-jvmArgsAppend",
            "-XX:UseAVX=2 -Da=b",
            "-p",
            "n=7",
            "-f",
            "1",
            "-wf",
            "0",
            "-foe",
            "true",
            "-prof",
            "dev.patchgrad.turns.TakeTurns",
            "-rf",
            "json",
            "-rff",
            "out.json");
    assertThat(command.listing())
        .containsExactly(
            "/jdk/bin/java",
            "-Xmx1g",
            "-cp",
            "a b.jar",
            "org.openjdk.jmh.Main",
            "A.*",
            "-wi",
            "3",
            "-jvmArgsAppend",
            "-XX:UseAVX=2 -Da=b",
            "-p",
            "n=7,8",
            "-lp");
  }

  @Test
  void aJarNamesItsMainClass() throws IOException, DuelException {
    Path jar = jar("org.openjdk.jmh.Main");
    for (List<String> words : List.of(List.of(jar.toString()), List.of("java", "-jar", jar + ""))) {
      JmhCommand command = parse(words);
      assertThat(command.mainClass()).isEqualTo("org.openjdk.jmh.Main");
      assertThat(command.classPath()).isEqualTo(jar.toString());
      assertThat(command.java()).isEqualTo("java");
    }
  }

  private Path jar(String main) throws IOException {
    Path jar = folder.resolve("benchmarks.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Main-Class", main);
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }

  @Test
  void whatStartsNoJmhIsRefusedByName() {
    assertThatThrownBy(() -> parse(List.of("none.jar")))
        .hasMessage("none.jar: no such file; expected a jar of benchmarks");
    assertThatThrownBy(() -> parse(List.of("java", "Main")))
        .hasMessageContaining("'java Main': does not start JMH; expected java -jar JAR");
    assertThatThrownBy(() -> parse(List.of("java", "-cp", "x", "Main", "-p")))
        .hasMessage("-p: nothing follows; expected a value");
    assertThatThrownBy(() -> parse(List.of("java", "-cp", "x", "Main", "-l")))
        .hasMessage("-l: only tells something; expected benchmarks to measure");
    assertThatThrownBy(() -> parse(List.of("java", "-m", "x/y")))
        .hasMessageStartingWith("-m: a module given; expected a jar");
  }

  @Test
  void wordsAreSplitAsAShellWould() throws DuelException {
    assertThat(ShellWords.split(" a  'b c' \"d 'e'\" f\\ g '' "))
        .containsExactly("a", "b c", "d 'e'", "f g", "");
    assertThatThrownBy(() -> ShellWords.split("a 'b")).hasMessage("'a 'b': a quote is not closed");
  }

  @Test
  void theListingGivesEachBenchmarkWithEachOfItsValues() {
    assertThat(
            BenchmarkListing.parse(
                """
                WARNING: something
                Benchmarks:\s
                org.x.A.run
                  param "n" = {1, 2}
                  param "kind" = {a}
                org.x.B.run
                org.x.B.run
                org.x.A.run
                  param "n" = {3}
                  param "kind" = {b}
                """))
        // B has two modes; the combinations of A are not all of its values with all others.
        .containsExactly(
            new BenchmarkCell("org.x.A.run", Map.of("n", "1", "kind", "a")),
            new BenchmarkCell("org.x.A.run", Map.of("n", "2", "kind", "a")),
            new BenchmarkCell("org.x.B.run", Map.of()),
            new BenchmarkCell("org.x.A.run", Map.of("n", "3", "kind", "b")));
  }

  @Test
  void sidesAreMatchedByWhatTheyHaveInCommon() {
    BenchmarkCell one = new BenchmarkCell("x.A.run", Map.of("n", "1", "kernel", "vector"));
    BenchmarkCell two = new BenchmarkCell("x.A.run", Map.of("n", "2", "kernel", "vector"));
    BenchmarkCell other = new BenchmarkCell("x.A.run", Map.of("n", "1", "kernel", "scalar"));
    BenchmarkCell alone = new BenchmarkCell("x.B.run", Map.of());
    Contest contest = Contest.of(List.of(one, two), List.of(alone, other));
    assertThat(contest.pairs())
        .containsExactly(
            new Contest.Pair(new BenchmarkCell("x.A.run", Map.of("n", "1")), one, other));
    assertThat(contest.onlyInA()).containsExactly(two);
    assertThat(contest.onlyInB()).containsExactly(alone);
  }
}
