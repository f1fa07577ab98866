package dev.patchgrad.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.BenchmarkList;

/** From a command line to cells. */
class SelectionTest {
  private static final String GRADIENT = "dev.patchgrad.bench.suite.GradientBenchmark.gradient";

  private static final String ROOF = "dev.patchgrad.bench.suite.RoofBenchmark.";

  private static Selection select(String... arguments) throws UsageException {
    return Selection.of(
        LaunchOptions.parse(List.of(arguments), new Properties()), BenchmarkList.defaultList());
  }

  private static List<String> refusal(String... arguments) {
    return catchThrowableOfType(UsageException.class, () -> select(arguments)).lines();
  }

  @Test
  void withoutAPatternTheGradientSuiteRunsAndTheRoofsThatItNeeds() throws UsageException {
    Selection selection = select();
    assertThat(selection.cells())
        .doesNotHaveDuplicates()
        .extracting(PreflightRequest.Cell::benchmark)
        .containsOnly(GRADIENT, ROOF + "fma", ROOF + "read");
    // Two precisions; two alignments with one or four streams.
    assertThat(roofs(selection)).hasSize(2 + 4);
    assertThat(roofs(select("-Dbench.level=DRAM,64KiB", "-Dbench.precision=float")))
        .hasSize(1 + 2 * 4)
        .allMatch(cell -> !"L2".equals(cell.params().get("level")))
        .allMatch(cell -> !"double".equals(cell.params().get("precision")));
  }

  private static List<PreflightRequest.Cell> roofs(Selection selection) {
    return selection.cells().stream().filter(cell -> cell.benchmark().startsWith(ROOF)).toList();
  }

  @Test
  void byNameTheRoofsAreSweptOnOneThreadAndOnAll() throws UsageException {
    assertThat(select("Roof").cells())
        .extracting(PreflightRequest.Cell::benchmark)
        .containsOnly(ROOF + "fma", ROOF + "fmaAllThreads", ROOF + "read", ROOF + "readAllThreads");
    assertThat(select("Roof").cells())
        .extracting(cell -> cell.params().get("level"))
        .contains("16KiB", "L2", "DRAM");
    assertThat(select("Roof").cells())
        .extracting(cell -> cell.params().get("bits"))
        .contains("scalar", "128", "256", "512");
  }

  @Test
  void whatThisMachineLacksIsLeftOutUnlessTheCommandLineAsksForIt() throws UsageException {
    Selection all = select("Roof.*fma$");
    Set<PreflightRequest.Cell> here =
        all.cells().stream()
            .filter(cell -> !"512".equals(cell.params().get("bits")))
            .collect(Collectors.toSet());
    Selection left = all.restrictedTo(here);
    assertThat(left.cells()).hasSameElementsAs(here);
    assertThat(left.params()).containsEntry("bits", List.of("scalar", "128", "256"));

    Selection asked = select("Roof.*fma$", "-Dbench.bits=256,512");
    assertThat(catchThrowableOfType(UsageException.class, () -> asked.restrictedTo(here)).lines())
        .containsExactly("bits: 512 given; this machine has 256 only");
  }

  @Test
  void valuesOfTheCommandLineReplaceTheSuites() throws UsageException {
    Selection selection =
        select(
            "Gradient",
            "-Dbench.p=3,5",
            "-Dbench.k=7",
            "-Dbench.kernel=scalar",
            "-p",
            "precision=float");
    assertThat(selection.cells())
        .extracting(cell -> cell.params().get("p"))
        .containsExactlyInAnyOrder("3", "5");
    assertThat(selection.cells())
        .allMatch(cell -> "7".equals(cell.params().get("k")))
        .allMatch(cell -> "L2".equals(cell.params().get("level")))
        .allMatch(cell -> "float".equals(cell.params().get("precision")));
  }

  @Test
  void aFileSetsWhatItSaysAndThePrecisionUnlessAskedFor() throws UsageException {
    OwnData data = new OwnData("x.npy@0123456789ab", "float", 5000, 25, 9, 4_500_000, 0.4);
    Selection selection = select(data, "-Dbench.data=/somewhere/x.npy");
    // Five kernels, and no more; a roof of arithmetic; two alignments with one or four streams.
    assertThat(selection.cells()).hasSize(5 + 1 + 4);
    assertThat(selection.cells())
        .filteredOn(cell -> cell.benchmark().equals(GRADIENT))
        .allMatch(cell -> "x.npy@0123456789ab".equals(cell.params().get("data")))
        .allMatch(cell -> "9".equals(cell.params().get("p")))
        .allMatch(cell -> "25".equals(cell.params().get("k")))
        .allMatch(cell -> "float".equals(cell.params().get("precision")))
        .allMatch(cell -> "4500000B".equals(cell.params().get("level")));
    assertThat(roofs(selection))
        .extracting(cell -> cell.params().getOrDefault("level", "4500000B"))
        .containsOnly("4500000B");

    Selection both =
        select(data, "Gradient", "-p", "data=/somewhere/x.npy", "-Dbench.precision=float,double");
    assertThat(both.cells()).hasSize(2 * 5);
    assertThat(both.params()).containsEntry("data", List.of("x.npy@0123456789ab"));
  }

  private static Selection select(OwnData data, String... arguments) throws UsageException {
    return Selection.of(
        LaunchOptions.parse(List.of(arguments), new Properties()),
        data.params(),
        BenchmarkList.defaultList());
  }

  @Test
  void generatedDataAreNoParameterOfACell() throws UsageException {
    assertThat(select().cells()).noneMatch(cell -> cell.params().containsKey("data"));
    assertThat(select("-p", "data=generated").cells()).isEqualTo(select().cells());
  }

  @Test
  void whatContradictsAFileIsRefused() {
    assertThat(dataRefusal("-Dbench.data=x.npy", "-Dbench.p=8", "-p", "k=1,2", "-p", "level=L1"))
        .containsExactly(
            "p: 8 given beside data; expected none, since the file says it",
            "k: 1, 2 given beside data; expected none, since the file says it",
            "level: L1 given beside data; expected none, since the file says it");
    assertThat(dataRefusal("-p", "data=x.npy,y.npy"))
        .containsExactly(
            "data: x.npy, y.npy given; expected one file, since its p and k are those of the run");
  }

  private static List<String> dataRefusal(String... arguments) {
    return catchThrowableOfType(
            UsageException.class,
            () -> OwnData.file(LaunchOptions.parse(List.of(arguments), new Properties())))
        .lines();
  }

  @Test
  void aFileIsLookedForWhereTheCommandIsGiven(@TempDir Path folder)
      throws UsageException, IOException {
    assertThat(
            OwnData.file(LaunchOptions.parse(List.of("-Dbench.data=a/../x.npy"), new Properties())))
        .contains(Path.of("x.npy").toAbsolutePath());
    String maven =
        LaunchOptionsTest.maven(
            folder, Map.of("jdk", "/a/java", "directory", "/some where", "bench.data", "x.npy"));
    assertThat(OwnData.file(LaunchOptions.parse(List.of(maven), new Properties())))
        .contains(Path.of("/some where/x.npy"));
  }

  @Test
  void jmhsOwnOptionBeatsTheShortForm() throws UsageException {
    assertThat(select("-Dbench.p=3", "-p", "p=9").params()).containsEntry("p", List.of("9"));
  }

  @Test
  void aPatternThatMatchesNothingIsRefusedWithWhatThereIs() {
    assertThat(refusal("NoSuchSuite"))
        .singleElement()
        .asString()
        .startsWith("benchmarks: no benchmark matches 'NoSuchSuite'; expected")
        .contains(GRADIENT);
  }

  @Test
  void aParameterThatNoSuiteHasIsRefusedWithThoseThatThereAre() {
    assertThat(refusal("-Dbench.kernle=scalar", "-p", "q=1"))
        .containsExactly(
            "bench.kernle: unknown; expected bench. and one of "
                + "alignment, bits, data, duel, java, k, kernel, label, level, minutes, p, precision,"
                + " quick, runs, simulated, streams",
            "-p q: unknown; expected one of alignment, bits, data, k, kernel, level, p, precision, streams");
  }

  /** JMH measures a value as often as it is named, and takes the name of any parameter. */
  @Test
  void aValueThatIsNamedTwiceIsMeasuredOnceAndAGluedNameIsReadToo() throws UsageException {
    assertThat(select("-p", "p=8,8", "-p", "k=16,016").params())
        .containsEntry("p", List.of("8"))
        .containsEntry("k", List.of("16"));
    assertThat(select("-Dbench.p=8,08,+8").params()).containsEntry("p", List.of("8"));
    assertThat(select("-pp=8").params()).containsEntry("p", List.of("8"));
    assertThat(refusal("-pP=8"))
        .singleElement()
        .asString()
        .startsWith("-p P: unknown; expected one of ");
  }

  @Test
  void aFileMayHaveACommaInItsName(@TempDir Path folder) throws UsageException, IOException {
    Path file = Files.createFile(folder.resolve("a,b.npy"));
    for (List<String> line :
        List.of(List.of("-Dbench.data=" + file), List.of("-p", "data=" + file))) {
      assertThat(OwnData.file(LaunchOptions.parse(line, new Properties()))).contains(file);
    }
    OwnData data = new OwnData("a,b.npy@0123456789ab", "float", 5000, 25, 9, 4_500_000, 0.4);
    assertThat(select(data, "-Dbench.data=" + file).params())
        .containsEntry("data", List.of("a,b.npy@0123456789ab"));
  }
}
