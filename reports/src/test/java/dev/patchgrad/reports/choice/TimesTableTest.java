package dev.patchgrad.reports.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.fixture.SyntheticRun;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.run.Metric;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TimesTableTest {
  @TempDir private Path folder;

  private Run run(SyntheticRun synthetic) {
    return Run.read(synthetic.record(folder.resolve("runs")));
  }

  private static List<String[]> lines(String table, String kind) {
    return table
        .lines()
        .filter(line -> line.startsWith(kind + "\t"))
        .map(line -> line.split("\t", -1))
        .toList();
  }

  @Test
  void everyKernelAtEveryPointHasItsLineNotOnlyTheWinners() {
    String table = TimesTable.of(List.of(run(new SyntheticRun())));
    assertThat(table).startsWith("patchgrad-measured-times\t1\n").endsWith("\n");
    // 2 precisions, 3 p, 3 k, 3 kernels.
    assertThat(lines(table, "time")).hasSize(54).allMatch(fields -> fields.length == 11);
  }

  @Test
  void aSlowdownIsTheTimeOverThatOfTheFastestAtThePoint() {
    SyntheticRun synthetic =
        new SyntheticRun().kernels("scalar", "vector").noise(0).factor("scalar", 0.5);
    String table = TimesTable.of(List.of(run(synthetic)));
    for (String[] fields : lines(table, "time")) {
      // The law: vector 60 p / (p + 40), scalar 6 / 2.
      double p = Integer.parseInt(fields[5]);
      double expected = fields[8].equals("scalar") ? 60 * p / (p + 40) / 3 : 1;
      // Written with four decimals.
      assertThat(Double.parseDouble(fields[9]))
          .isCloseTo(expected, org.assertj.core.api.Assertions.within(0.5e-4));
      assertThat(fields[10]).isEqualTo(expected == 1 ? "within" : "beyond");
    }
  }

  @Test
  void nearKernelsAreWithinTheNoiseOnlyIfTheIntervalHoldsOne() {
    String steady =
        TimesTable.of(
            List.of(run(new SyntheticRun().kernels("a", "b").noise(1e-6).factor("b", 1 / 1.04))));
    assertThat(lines(steady, "time"))
        .allMatch(fields -> fields[10].equals(fields[8].equals("a") ? "within" : "beyond"));
    String noisy =
        TimesTable.of(
            List.of(run(new SyntheticRun().kernels("a", "b").noise(0.01).factor("b", 1 / 1.02))));
    assertThat(lines(noisy, "time"))
        .anyMatch(fields -> Double.parseDouble(fields[9]) > 1.005 && fields[10].equals("within"));
  }

  @Test
  void farKernelsAreBeyondTheNoiseHoweverWideTheInterval() {
    String table =
        TimesTable.of(
            List.of(run(new SyntheticRun().kernels("a", "b").forks(2).noise(1).factor("b", 0.2))));
    assertThat(lines(table, "time"))
        .filteredOn(fields -> Double.parseDouble(fields[9]) > 1.05)
        .isNotEmpty()
        .allMatch(fields -> fields[10].equals("beyond"));
  }

  /** Of a point with a kernel that was not warm nothing is known, and so nothing is written. */
  @Test
  void aPointThatWasNotWarmIsLeftOutWithItsReason() {
    Run run = run(new SyntheticRun().speedsUp("vector", 60.0).students(16));
    assertThatThrownBy(() -> TimesTable.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    String table = TimesTable.of(List.of(run));
    assertThat(lines(table, "time")).isEmpty();
    assertThat(table.lines().filter(line -> line.startsWith("# not warmed up: no ranking: ")))
        // 2 precisions, 3 p, 3 k; the gradient suite and that of many students.
        .hasSize(2 * 18)
        .allMatch(line -> line.contains("vector still speeds up"));
  }

  @Test
  void aMachineIsDescribedByWhatCoreCanFindOut() {
    String table = TimesTable.of(List.of(run(new SyntheticRun())));
    assertThat(lines(table, "machine"))
        .singleElement()
        .satisfies(
            fields ->
                assertThat(fields)
                    .containsExactly(
                        "machine",
                        "intel-emerald-rapids-2c-avx512/jdk-25",
                        "Emerald Rapids",
                        "GenuineIntel",
                        "Intel(R) Xeon(R) Processor",
                        "6",
                        "207",
                        "2",
                        "2",
                        "avx512",
                        "512",
                        "none",
                        "25.0.1+8-LTS",
                        "2026-11-23T12:00:00Z"));
    assertThat(lines(table, "microarchitecture"))
        .singleElement()
        .satisfies(
            fields ->
                assertThat(fields)
                    .containsExactly(
                        "microarchitecture", "Emerald Rapids", "GenuineIntel", "6", "207"));
  }

  @Test
  void aPointThatIsMeasuredTwiceIsRefused() {
    Run one = run(new SyntheticRun());
    Run again = run(new SyntheticRun().date("2026-11-24T12:00:00Z"));
    assertThatThrownBy(() -> TimesTable.of(List.of(one, again)))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining(again.folder().toString())
        .hasMessageContaining("is in the table already");
  }

  @Test
  void aSimulatedMachineIsAMachineOfItsOwn() {
    Run one = run(new SyntheticRun());
    Run simulated = run(new SyntheticRun().simulated("MaxVectorSize=16"));
    assertThat(lines(TimesTable.of(List.of(one, simulated)), "machine"))
        .extracting(fields -> fields[11])
        .containsExactly("none", "MaxVectorSize=16");
  }

  private static final Map<String, String> SHAPE =
      Map.of("precision", "double", "p", "8", "k", "16", "level", "L2", "students", "16");

  private static Map<String, String> with(String name, String value) {
    Map<String, String> params = new TreeMap<>(SHAPE);
    params.put(name, value);
    return params;
  }

  /** A run of the suite of many students: operations per second of three forks. */
  private Run students(Map<String, String> params, double... operations) {
    return students(
        params.containsKey("kernel") ? SuiteNames.STUDENTS_SEPARATE : SuiteNames.STUDENTS_TOGETHER,
        params,
        operations);
  }

  private Run students(String benchmark, Map<String, String> params, double... operations) {
    return new Run(
        folder,
        new SyntheticRun().environment(),
        List.of(
            new Result(
                benchmark,
                params,
                "thrpt",
                1,
                new Result.Settings("1.37", "25", "", List.of(), 3, 1, "1 s", 1, "1 s"),
                new Metric(
                    "ops/s", java.util.Arrays.stream(operations).mapToObj(List::of).toList()),
                Map.of())));
  }

  private Run merged(Run... runs) {
    List<Result> results = new ArrayList<>();
    List<Work> work = new ArrayList<>();
    for (Run run : runs) {
      results.addAll(run.results());
    }
    results.forEach(result -> work.add(new Work(result.benchmark(), result.params(), 256, 1, 1)));
    Environment of = runs[0].environment();
    return new Run(
        folder,
        new Environment(
            of.schema(),
            of.date(),
            of.simulated(),
            of.hardware(),
            of.os(),
            of.jvm(),
            of.before(),
            of.after(),
            of.source(),
            of.command(),
            of.suites(),
            of.agreement(),
            work,
            of.label(),
            of.quick(),
            of.watched(),
            of.notes(),
            of.rounds()),
        results);
  }

  @Test
  void manyStudentsInOnePassStandBesideAPassForEach() {
    Run run =
        merged(
            students(SHAPE, 200, 202, 198),
            students(with("kernel", "interleaved"), 100, 101, 99),
            students(with("kernel", "vector"), 50, 51, 49));
    assertThat(lines(TimesTable.of(List.of(run)), "time"))
        .extracting(fields -> String.join(" ", List.of(fields).subList(2, 11)))
        .containsExactly(
            "double 16 1 8 16 256 students 1.0000 within",
            "double 16 1 8 16 256 interleaved 2.0000 beyond",
            "double 16 1 8 16 256 vector 4.0000 beyond");
  }

  /** The library takes a kernel's students by blocks where it can: that is what to choose from. */
  @Test
  void aKernelsTimeByBlocksTakesThePlaceOfThatByWholePasses() {
    Run run =
        merged(
            students(SHAPE, 200, 202, 198),
            students(SuiteNames.STUDENTS_BLOCKS, with("kernel", "interleaved"), 400, 404, 396),
            students(with("kernel", "interleaved"), 100, 101, 99),
            students(with("kernel", "vector"), 50, 51, 49));
    assertThat(lines(TimesTable.of(List.of(run)), "time"))
        .extracting(fields -> String.join(" ", List.of(fields).subList(8, 11)))
        .containsExactly(
            "interleaved 1.0000 within", "students 2.0000 beyond", "vector 8.0000 beyond");
  }

  @Test
  void aBadNumberOfStudentsIsRefusedWithItsKey() {
    assertThatThrownBy(() -> TimesTable.of(List.of(merged(students(with("students", "0"), 1)))))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("params.students")
        .hasMessageContaining("'0'; expected a whole number of at least 1");
  }

  /** Read by the library's rules before it replaces a table that the library can read. */
  @Test
  void aLineThatTheLibraryWouldRefuseIsRefused() {
    Run odd = run(new SyntheticRun().precisions("double", "half"));
    assertThatThrownBy(() -> TimesTable.of(List.of(odd)))
        .isInstanceOf(BadRecordException.class)
        .hasMessageStartingWith(
            odd.folder() + ": gives a line that the library would refuse: 'time ")
        .hasMessageEndingWith("precision: 'half' is unknown; expected float or double");
  }

  @Test
  void ofTwoModesThroughputCounts() {
    Run one = run(new SyntheticRun());
    Run both = run(new SyntheticRun().date("2026-11-24T12:00:00Z").modes("avgt", "thrpt"));
    assertThat(lines(TimesTable.of(List.of(both)), "time"))
        .extracting(fields -> String.join(" ", fields))
        .containsExactlyElementsOf(
            lines(TimesTable.of(List.of(one)), "time").stream()
                .map(fields -> String.join(" ", fields))
                .toList());
  }

  @Test
  void noRunIsRefused() {
    assertThatThrownBy(() -> TimesTable.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none given");
  }
}
