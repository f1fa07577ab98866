package dev.patchgrad.bench.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.choice.KernelChooser;
import dev.patchgrad.choice.Machine;
import dev.patchgrad.choice.Workload;
import dev.patchgrad.network.Precision;
import dev.patchgrad.reports.choice.TimesTable;
import dev.patchgrad.reports.environment.Environment;
import dev.patchgrad.reports.environment.Hardware;
import dev.patchgrad.reports.environment.Preflight;
import dev.patchgrad.reports.environment.Revision;
import dev.patchgrad.reports.environment.Rounds;
import dev.patchgrad.reports.environment.SystemState;
import dev.patchgrad.reports.environment.Work;
import dev.patchgrad.reports.grid.SuiteNames;
import dev.patchgrad.reports.profile.Profile;
import dev.patchgrad.reports.run.Metric;
import dev.patchgrad.reports.run.Result;
import dev.patchgrad.reports.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the two sides of the table of measured times together: the reports write it, core reads it.
 */
final class MeasuredTimesRoundTripTest {
  private static final String KERNEL = "ejml";

  @TempDir private Path folder;

  private final Work work =
      new Work(
          SuiteNames.GRADIENT,
          Map.of("precision", "double", "p", "8", "k", "16", "kernel", KERNEL, "level", "L2"),
          100,
          1,
          1);

  private Environment environment() {
    return Environment.capture(
            new Preflight(RunningJvm.facts(), Set.of(), List.of(work), List.of()),
            Revision.UNKNOWN,
            new Environment.Intent(
                List.of(), Environment.NOT_SIMULATED, "", false, List.of(), Rounds.NONE),
            SystemState.UNKNOWN)
        // A run that has not ended gives no table.
        .finished(List.of());
  }

  private Run run(Environment environment) {
    Result result =
        new Result(
            work.benchmark(),
            work.params(),
            "thrpt",
            1,
            new Result.Settings("1.37", "25", "", List.of(), 1, 1, "1 s", 1, "1 s"),
            new Metric("ops/s", List.of(List.of(1.0), List.of(1.0))),
            Map.of());
    return new Run(folder, environment, List.of(result));
  }

  @Test
  void coreFindsTheSameMachineAsTheRecordOfARun() {
    Environment environment = environment();
    Hardware hardware = environment.hardware();
    Machine machine = Machine.ofThisJvm();
    assertThat(machine.vendor()).isEqualTo(hardware.vendor());
    assertThat(machine.model()).isEqualTo(hardware.model());
    assertThat(machine.family()).isEqualTo(hardware.family());
    assertThat(machine.familyModel()).isEqualTo(hardware.familyModel());
    assertThat(machine.physicalCores()).isEqualTo(hardware.physicalCores());
    assertThat(machine.logicalCores()).isEqualTo(hardware.logicalCores());
    assertThat(machine.instructions()).isEqualTo(environment.instructions());
    assertThat(machine.vectorBits()).isEqualTo(environment.jvm().floatSpecies().bits());
  }

  @Test
  void aRunOfThisMachineIsFoundAgainAsExactlyThisHardware() throws IOException {
    Environment environment = environment();
    Path table = folder.resolve("measured-times.tsv");
    Files.writeString(table, TimesTable.of(List.of(run(environment))));
    assertThat(
            KernelChooser.ofTable(table)
                .choose(Workload.of(Precision.DOUBLE).k(16).p(8).n(100))
                .explain())
        .contains("recorded with exactly this hardware: " + Profile.idOf(environment))
        .contains("taken: " + KERNEL);
  }

  @Test
  void anotherModelOfItsMicroarchitectureIsFoundAsThat() throws IOException {
    Environment environment = environment();
    Path table = folder.resolve("measured-times.tsv");
    // Twice the cores: other hardware, but of the same vendor, family and model.
    String text =
        TimesTable.of(List.of(run(environment)))
            .lines()
            .map(line -> line.startsWith("machine\t") ? moreCores(line) : line)
            .reduce("", (all, line) -> all + line + "\n");
    Files.writeString(table, text);
    String microarchitecture = environment.hardware().microarchitecture();
    org.junit.jupiter.api.Assumptions.assumeFalse(microarchitecture.equals("unknown"));
    assertThat(
            KernelChooser.ofTable(table)
                .choose(Workload.of(Precision.DOUBLE).k(16).p(8).n(100))
                .explain())
        .contains("exactly this hardware: not recorded")
        .contains("recorded with its microarchitecture, " + microarchitecture);
  }

  private static String moreCores(String line) {
    String[] fields = line.split("\t", -1);
    fields[7] = "999";
    return String.join("\t", fields);
  }
}
