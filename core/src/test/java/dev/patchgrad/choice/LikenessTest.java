package dev.patchgrad.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.network.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which machines are alike, and whether a machine that nobody recorded is chosen for well. */
class LikenessTest {
  private static final String MASKED = "intel-amx-2c-avx512-l2-2m/jdk-25";

  private static MeasuredTimes table(Stream<String> lines) throws IOException {
    return MeasuredTimes.read(
        new StringReader(
            "patchgrad-measured-times\t1\n"
                + lines.map(line -> line + "\n").reduce("", String::concat)),
        "test");
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream stream = LikenessTest.class.getResourceAsStream(resource)) {
      return new String(
              Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .toList();
    }
  }

  /** The recorded machines, and one that is recorded in this test alone. */
  private static List<String> allLines() throws IOException {
    List<String> lines = new ArrayList<>(lines("measured-times.tsv"));
    lines.addAll(lines("masked-machine.tsv"));
    return lines;
  }

  private static KernelChooser chooser(Machine machine, MeasuredTimes table) {
    Properties system = new Properties();
    system.setProperty("java.specification.version", "25");
    return new KernelChooser(
        machine, table, system, Optional.empty(), new FallbackLog(new RecordingLogger()));
  }

  /** The slowdown at each shape of what is chosen for a machine without its own records. */
  private static List<Double> regrets(String id) throws IOException {
    MeasuredTimes all = table(allLines().stream());
    MeasuredTimes.Recorded left =
        all.machines().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    List<String> others =
        all.machines().stream()
            .filter(
                each ->
                    !each.machine().vendor().equals(left.machine().vendor())
                        || !each.machine().familyModel().equals(left.machine().familyModel()))
            .map(MeasuredTimes.Recorded::id)
            .toList();
    MeasuredTimes table =
        table(
            allLines().stream()
                .filter(
                    line -> {
                      String[] fields = line.split("\t", -1);
                      return fields[0].equals("microarchitecture")
                          || (fields.length > 1 && others.contains(fields[1]));
                    }));
    KernelChooser chooser = chooser(left.machine(), table);
    List<Double> regrets = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      for (MeasuredTimes.Point point : all.points(id, precision)) {
        if (point.students() == 1 && point.threads() == 1) {
          Choice choice =
              chooser.choose(Workload.of(precision).p(point.p()).k(point.k()).n(point.n()));
          MeasuredTimes.Entry entry = point.kernels().get(choice.kernel());
          assertThat(entry).as(choice.explain()).isNotNull();
          regrets.add(Objects.requireNonNull(entry).slowdown());
        }
      }
    }
    return regrets;
  }

  private static double geometricMean(List<Double> values) {
    return Math.exp(values.stream().mapToDouble(Math::log).average().orElseThrow());
  }

  /**
   * Each machine is chosen for by the others alone: its sister, which pretends, is left out with
   * it. The bounds are what the choice reached when it was made, rounded up: a change that chooses
   * worse for a machine that nobody recorded shows.
   */
  @Test
  void aMachineThatIsLeftOutIsChosenForWell() throws IOException {
    Map<String, double[]> bounds =
        Map.of(
            "amd-zen-3-2c-avx2/jdk-25",
            new double[] {1.07, 1.38},
            "amd-zen-3-2c-avx2-simulated-maxvectorsize-16/jdk-25",
            new double[] {1.02, 1.14},
            "amd-zen-4-2c-avx512/jdk-25",
            new double[] {1.01, 1.17},
            MASKED,
            new double[] {1.01, 1.03});
    for (Map.Entry<String, double[]> bound : bounds.entrySet()) {
      List<Double> regrets = regrets(bound.getKey());
      assertThat(regrets).hasSizeGreaterThanOrEqualTo(14);
      assertThat(geometricMean(regrets))
          .as(bound.getKey() + regrets)
          .isLessThan(bound.getValue()[0]);
      assertThat(regrets).as(bound.getKey()).allMatch(regret -> regret < bound.getValue()[1]);
    }
  }

  @Test
  void aDoublingOfAFactCountsOneAndAnUnknownOneNothing() throws IOException {
    MeasuredTimes.Recorded recorded =
        table(lines("masked-machine.tsv").stream()).machines().getFirst();
    Machine same = recorded.machine();
    assertThat(Likeness.of(same, 1.517, recorded)).isEqualTo(new Likeness(0, ""));
    assertThat(Likeness.of(same, 0, recorded).weight()).isEqualTo(1);
    Machine half = with(same, same.vectorBits() / 2, same.l1Kib(), same.l2Kib());
    assertThat(Likeness.of(half, 0, recorded).doublings()).isCloseTo(1, within(1e-12));
    Machine quarter = with(same, same.vectorBits(), same.l1Kib(), same.l2Kib() / 4);
    assertThat(Likeness.of(quarter, 0, recorded).doublings()).isCloseTo(2, within(1e-12));
    assertThat(Likeness.of(quarter, 0, recorded).words()).isEqualTo("KiB of L2 2048 for 512");
    Machine unknown = with(same, same.vectorBits(), 0, 0);
    assertThat(Likeness.of(unknown, 0, recorded).doublings()).isZero();
    assertThat(Likeness.of(same, 2 * 1.517, recorded).doublings()).isCloseTo(1, within(1e-12));
  }

  private static Machine with(Machine of, int bits, int l1Kib, int l2Kib) {
    return new Machine(
        of.vendor(),
        of.model(),
        of.family(),
        of.familyModel(),
        of.physicalCores(),
        of.logicalCores(),
        of.instructions(),
        bits,
        of.extensions(),
        l1Kib,
        l2Kib,
        of.lastKib());
  }

  /** Its model number says Rocket Lake; a table that has one must not be gone by as that. */
  @Test
  void aMaskedModelIsNotTakenForWhatItSays() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("microarchitecture\tRocket Lake\tGenuineIntel\t6\t167");
    lines.add(
        "machine\trocket\tRocket Lake\tGenuineIntel\tIntel(R) Core(TM) i9-11900K\t6\t167\t8\t16"
            + "\tavx512\t512\tnone\t25\t2026-11-27T00:00:00Z");
    lines.add("time\trocket\tdouble\t1\t1\t64\t64\t64\tscalar\t1\twithin");
    MeasuredTimes.Recorded masked =
        table(lines("masked-machine.tsv").stream()).machines().getFirst();
    Workload wanted = Workload.of(Precision.DOUBLE).p(64).k(64).n(64);
    String explanation = chooser(masked.machine(), table(lines.stream())).choose(wanted).explain();
    assertThat(explanation)
        .contains("model masked: the number says Rocket Lake, which has no AMX, AVX512-FP16,")
        .contains("L2 of 2048 KiB")
        .contains("its microarchitecture: not recorded")
        .doesNotContain("recorded with its microarchitecture");
    Machine honest =
        new Machine(
            "GenuineIntel",
            "Core",
            "6",
            "167",
            2,
            2,
            "avx512",
            512,
            List.of("avx512f"),
            48,
            512,
            16384);
    assertThat(chooser(honest, table(lines.stream())).choose(wanted).explain())
        .contains("recorded with its microarchitecture, Rocket Lake");
  }

  @Test
  void twoMaskedMachinesOfOneNumberAreTheSameWhereTheyHaveTheSame() throws IOException {
    MeasuredTimes table = table(lines("masked-machine.tsv").stream());
    Machine masked = table.machines().getFirst().machine();
    Workload wanted = Workload.of(Precision.DOUBLE).p(64).k(64).n(64);
    assertThat(chooser(masked, table).choose(wanted).explain())
        .contains("recorded with exactly this hardware: " + MASKED);
    Machine other = with(masked, 512, 48, 1280);
    assertThat(chooser(other, table).choose(wanted).explain())
        .contains("exactly this hardware: not recorded");
  }

  /** Of two releases the nearer counts; of two as near, the newer. */
  @Test
  void ofAMachineWithRecordsOfSeveralJdksTheNearestReleaseCounts() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String jdk : List.of("21", "24", "26")) {
      lines.add(
          "machine\tm/jdk-"
              + jdk
              + "\tZen 3\tAuthenticAMD\tEPYC\t25\t1\t2\t2\tavx2\t256\tnone\t"
              + jdk
              + ".0.1\t2026-11-27T00:00:00Z");
      lines.add("time\tm/jdk-" + jdk + "\tdouble\t1\t1\t64\t64\t64\tscalar\t1\twithin");
    }
    Machine machine = new Machine("AuthenticAMD", "EPYC", "25", "1", 2, 2, "avx2", 256);
    Workload wanted = Workload.of(Precision.DOUBLE).p(64).k(64).n(64);
    assertThat(chooser(machine, table(lines.stream())).choose(wanted).explain())
        .contains("recorded with exactly this hardware: m/jdk-26")
        .doesNotContain("m/jdk-24")
        .contains("are of JDK 26 and this is JDK 25");
  }
}
