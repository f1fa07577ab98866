package dev.patchgrad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchgrad.kernel.Kernels;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_FDRM;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that is a module compiles against what core exports, and runs: on the module path, with
 * or without the Vector API and EJML, in an image of its own, and on the class path.
 */
class ModulePathTest {
  private static final String DECLARATION = "module example { requires dev.patchgrad.core; }\n";

  private static final String PROGRAM =
      """
      package example;

      import dev.patchgrad.choice.BatchLoss;
      import dev.patchgrad.kernel.Kernels;
      import dev.patchgrad.network.GaussianData;
      import dev.patchgrad.network.PatchBatch;
      import dev.patchgrad.network.Precision;
      import dev.patchgrad.network.Student;
      import dev.patchgrad.network.Teacher;
      import dev.patchgrad.population.PopulationHessian;

      public class Main {
        public static void main(String[] arguments) {
          System.out.println("named: " + BatchLoss.class.getModule().isNamed());
          Teacher teacher = Teacher.of(new double[] {1, 2}, new double[] {1, 1});
          Student student = Student.weightNormalised(new double[] {1, 1}, new double[] {1, 1});
          PatchBatch batch = GaussianData.of(teacher).n(100).seed(1).batch(Precision.DOUBLE);
          BatchLoss loss = BatchLoss.of(batch);
          System.out.println("loss: " + loss.gradient(student).loss());
          System.out.println(loss.choice().explain());
          for (Precision precision : Precision.values()) {
            attempt(() -> Kernels.create("ejml", precision).resolved() + " " + precision.label());
          }
          attempt(() -> PopulationHessian.eigenvalues(student, teacher).length + " eigenvalues");
        }

        private static void attempt(java.util.function.Supplier<String> what) {
          try {
            System.out.println(what.get());
          } catch (UnsupportedOperationException e) {
            System.out.println(e.getMessage());
          }
        }
      }
      """;

  private static final String VECTORS = "--add-modules=jdk.incubator.vector";

  @TempDir private static Path folder;
  private static String core = "";
  private static String example = "";

  @BeforeAll
  static void compile() throws Exception {
    core = origin(Kernels.class);
    example = folder.resolve("example").toString();
    assertThat(compile(PROGRAM)).doesNotContain("error:");
  }

  /** Where a class was loaded from. */
  private static String origin(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** Compiles a source of the example's module; gives the compiler's messages. */
  private static String compile(String source) throws Exception {
    Path sources = Files.createDirectories(Files.createTempDirectory(folder, "sources"));
    Path declaration = Files.writeString(sources.resolve("module-info.java"), DECLARATION);
    Path program = Files.writeString(sources.resolve("Main.java"), source);
    return tool("javac", "-p", core, "-d", example, declaration.toString(), program.toString());
  }

  private static String tool(String name, String... arguments) {
    StringWriter messages = new StringWriter();
    PrintWriter writer = new PrintWriter(messages);
    ToolProvider.findFirst(name).orElseThrow().run(writer, writer, arguments);
    return messages.toString();
  }

  /** Runs the program's module. */
  private static String run(List<String> modulePath, String... flags) throws Exception {
    List<String> arguments =
        Stream.concat(Stream.of(core, example), modulePath.stream())
            .collect(
                Collectors.collectingAndThen(
                    Collectors.joining(File.pathSeparator),
                    path -> new ArrayList<>(List.of("-p", path))));
    arguments.addAll(List.of(flags));
    arguments.addAll(List.of("-m", "example/example.Main"));
    ChildJvm.Outcome outcome = ChildJvm.run(arguments);
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    assertThat(outcome.text()).contains("named: true").containsPattern("loss: \\d");
    return outcome.text();
  }

  @Test
  void coreAloneComputesByTheSimplestKernelAndSaysWhy() throws Exception {
    assertThat(run(List.of()))
        .contains("taken: scalar, which needs no vectors")
        .contains("WARNING: this JVM was started without --add-modules=jdk.incubator.vector")
        .contains("kernel: 'ejml' given, but this JVM was started without ejml-ddense")
        .contains("eigenvalues: EJML computes them, but");
  }

  /** The flags of HotSpot are read too: the machine is known by its vector instructions. */
  @Test
  void withTheVectorApiAVectorKernelIsTaken() throws Exception {
    assertThat(run(List.of(), VECTORS))
        .containsPattern("taken: (vector|single-touch|interleaved)")
        .doesNotContain("WARNING: this JVM")
        .doesNotContain("unknown, vectors of");
  }

  @Test
  void ejmlOnTheClassPathIsUsedInBothPrecisions() throws Exception {
    String jars =
        String.join(
            File.pathSeparator,
            origin(DMatrixRMaj.class),
            origin(CommonOps_DDRM.class),
            origin(CommonOps_FDRM.class));
    assertThat(run(List.of(), VECTORS, "-cp", jars))
        .contains("no vector species double", "no vector species float", "4 eigenvalues");
  }

  /** What core brings by default, all of it on the module path, where another module needs it. */
  @Test
  void ejmlAsAutomaticModulesIsUsedInDouble() throws Exception {
    assertThat(
            run(
                List.of(origin(DMatrixRMaj.class), origin(CommonOps_DDRM.class)),
                VECTORS + ",ejml.ddense"))
        .contains("no vector species double", "4 eigenvalues")
        .contains("kernel: 'ejml' given, but this JVM was started without ejml-fdense");
  }

  /** The image holds what core requires: no Vector API, no java.logging. */
  @Test
  void anImageOfTheProgramIsLinkedAndRuns() throws Exception {
    Path image = folder.resolve("image");
    String messages =
        tool(
            "jlink",
            "-p",
            core + File.pathSeparator + example,
            "--add-modules",
            "example",
            "--output",
            image.toString());
    assumeTrue(Files.isDirectory(image), () -> "this JDK links no image: " + messages);
    ChildJvm.Outcome outcome = ChildJvm.runJava(image, List.of("-m", "example/example.Main"));
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    assertThat(outcome.text())
        .containsPattern("loss: \\d")
        .contains("WARNING: this Java runtime has no module jdk.incubator.vector")
        .contains("taken: scalar, which needs no vectors");
  }

  @Test
  void onTheClassPathTheSameProgramRuns() throws Exception {
    String classPath = ChildJvm.classPath(entry -> true) + File.pathSeparator + example;
    ChildJvm.Outcome outcome = ChildJvm.run(List.of(VECTORS, "-cp", classPath, "example.Main"));
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    assertThat(outcome.text())
        .contains("named: false", "no vector species float", "4 eigenvalues")
        .containsPattern("taken: (vector|single-touch|interleaved)");
  }

  /** A new package is exported, or its name is added here. */
  @Test
  void everyPackageButTheInternalOneIsExportedToAll() {
    ModuleDescriptor module =
        ModuleFinder.of(Path.of(core)).find("dev.patchgrad.core").orElseThrow().descriptor();
    Set<String> hidden = new HashSet<>(module.packages());
    module.exports().stream()
        .filter(each -> !each.isQualified())
        .forEach(each -> hidden.remove(each.source()));
    assertThat(hidden).containsExactly("dev.patchgrad.internal");
  }

  @Test
  void whatIsInternalIsHiddenFromAModule() throws Exception {
    String source =
        """
        package example;

        class Curious {
          boolean vectors = dev.patchgrad.internal.VectorApi.isPresent();
        }
        """;
    assertThat(compile(source)).contains("package dev.patchgrad.internal is not visible");
  }
}
