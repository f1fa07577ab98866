package dev.patchgrad.reports.environment;

import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything about a run that JMH's own file does not hold: the content of {@code
 * environment.json}.
 *
 * @param schema version of this record's form, {@link #SCHEMA}
 * @param date when the run began, UTC, ISO 8601
 * @param simulated the flags that make the machine look like another one, such as {@code
 *     MaxVectorSize=16}; {@code none} for the machine as it is
 * @param hardware of the machine
 * @param os the operating system
 * @param jvm of the forks
 * @param before how busy the machine was when the run began
 * @param after how busy it was when the run ended; the same as before until it ended
 * @param source the state of the source
 * @param command line that started the run
 * @param suites version of what the suites measure, {@link #SUITES}: numbers of different versions
 *     are not compared
 * @param agreement whether every fork found its kernel's gradient in agreement with the scalar
 *     kernel's before it measured
 * @param work of one operation of each cell
 * @param label that the user gave the run, on one line; empty for none
 * @param quick whether the run was to be quick: fewer shapes, shorter iterations
 * @param watched how busy the machine was some seconds before the run began: what it did from then
 *     to {@code before} was no work of the run's; {@link SystemState#UNKNOWN} where nobody looked
 * @param notes what else a reader of the numbers should know, a sentence each
 * @param rounds in which the forks were measured
 */
public record Environment(
    int schema,
    String date,
    String simulated,
    Hardware hardware,
    OperatingSystem os,
    JvmFacts jvm,
    SystemState before,
    SystemState after,
    Revision source,
    List<String> command,
    int suites,
    Agreement agreement,
    List<Work> work,
    String label,
    boolean quick,
    SystemState watched,
    List<String> notes,
    Rounds rounds) {

  /** The version that this code writes and reads. */
  public static final int SCHEMA = 2;

  /**
   * The version of what this code's suites measure. Raise it with a change after which an unchanged
   * kernel gets other numbers: another batch, another student, other checks within the timed call.
   * What a user can set (grid, forks, warm-up) is recorded separately.
   */
  public static final int SUITES = 1;

  /** The label of a run on the machine as it is. */
  public static final String NOT_SIMULATED = "none";

  /**
   * Stands where no record says anything, as beside results that another program kept. Whatever
   * shows an environment says of this one that it is unknown.
   */
  public static final Environment UNKNOWN =
      new Environment(
          SCHEMA,
          Instant.EPOCH.toString(),
          NOT_SIMULATED,
          Hardware.UNKNOWN,
          new OperatingSystem(Facts.UNKNOWN, "", ""),
          JvmFacts.UNKNOWN,
          SystemState.UNKNOWN,
          SystemState.UNKNOWN,
          Revision.UNKNOWN,
          List.of(),
          0,
          Agreement.PENDING,
          List.of(),
          "",
          false,
          SystemState.UNKNOWN,
          List.of(),
          Rounds.NONE);

  /** What records of the same schema lack that were written before these components came. */
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "label",
          "",
          "quick",
          false,
          "watched",
          SystemState.UNKNOWN,
          "notes",
          List.of(),
          "rounds",
          Rounds.NONE,
          "hardware.extensions",
          List.of(),
          "hardware.masked",
          "",
          "before.ownTicks",
          SystemState.UNKNOWN.ownTicks(),
          "after.ownTicks",
          SystemState.UNKNOWN.ownTicks());

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if the schema is of another version, or the date is no
   *     instant, or nothing says what was simulated
   */
  public Environment {
    if (schema != SCHEMA) {
      throw new IllegalArgumentException(
          "schema: version " + schema + " found; this version reads " + SCHEMA);
    }
    Facts.requireInstant("date", date);
    Facts.requireText("simulated", simulated);
    command = List.copyOf(command);
    work = List.copyOf(work);
    notes = List.copyOf(notes);
  }

  /**
   * What the one who starts a run says of it.
   *
   * @param command line that started the run
   * @param simulated the flags that make the machine look like another one; {@link #NOT_SIMULATED}
   *     for the machine as it is
   * @param label of the run; empty for none
   * @param quick whether the run is to be quick
   * @param notes what else a reader of the numbers should know, a sentence each
   * @param rounds in which the forks are to be measured
   */
  public record Intent(
      List<String> command,
      String simulated,
      String label,
      boolean quick,
      List<String> notes,
      Rounds rounds) {
    /** Copies the lists. */
    public Intent {
      command = List.copyOf(command);
      notes = List.copyOf(notes);
    }
  }

  /**
   * The environment of a run that begins now on this machine.
   *
   * @param preflight what the forks' JVM reported
   * @param source that is measured
   * @param intent what the one who starts the run says of it
   * @param watched the state of the machine some seconds ago, since when the run did nothing;
   *     {@link SystemState#UNKNOWN} for none
   * @return the environment
   */
  public static Environment capture(
      Preflight preflight, Revision source, Intent intent, SystemState watched) {
    HardwareProbe probe = new HardwareProbe();
    SystemState now = probe.state();
    return new Environment(
        SCHEMA,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        intent.simulated(),
        probe.hardware(),
        probe.operatingSystem(),
        preflight.jvm(),
        now,
        now,
        source,
        intent.command(),
        SUITES,
        Agreement.PENDING,
        preflight.work(),
        intent.label(),
        intent.quick(),
        watched,
        intent.notes(),
        intent.rounds());
  }

  /**
   * Reads what {@link #toJson} wrote. A record from before model numbers were checked gets the
   * microarchitecture that its other facts allow.
   *
   * @param json the text
   * @param origin its file, for messages
   * @return the environment
   * @throws BadRecordException naming file, key and reason
   */
  public static Environment fromJson(String json, Path origin) {
    try {
      Environment read = Json.read(json, origin, Environment.class, DEFAULTS);
      return read.on(read.hardware().checked());
    } catch (BadRecordException e) {
      // A record of another version may lack other keys as well, which says less than its version.
      int found = Json.read(json, origin, Version.class).schema();
      if (found != SCHEMA) {
        throw new BadRecordException(
            origin, "schema", "version " + found + " found; this version reads " + SCHEMA);
      }
      throw e;
    }
  }

  private Environment on(Hardware checked) {
    return checked.equals(hardware)
        ? this
        : new Environment(
            schema, date, simulated, checked, os, jvm, before, after, source, command, suites,
            agreement, work, label, quick, watched, notes, rounds);
  }

  /** What every version of a record has. */
  private record Version(int schema) {}

  /**
   * This environment at the end of its run: with the machine's present state, and with the
   * agreement passed. A fork whose kernel disagrees measures nothing. So call this only when every
   * fork of every cell has returned its measurements.
   *
   * @param more what a reader should know of how the run ended, a sentence each; often none
   * @return the environment
   */
  public Environment finished(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    SystemState now = new HardwareProbe().state();
    return new Environment(
        schema,
        date,
        simulated,
        hardware,
        os,
        jvm,
        before,
        now,
        source,
        command,
        suites,
        Agreement.PASSED,
        work,
        label,
        quick,
        watched,
        all,
        rounds);
  }

  /**
   * Whether a record says anything of this run.
   *
   * @return false for {@link #UNKNOWN}
   */
  public boolean isKnown() {
    return !equals(UNKNOWN);
  }

  /**
   * Whether flags make the machine look like another one.
   *
   * @return false for the machine as it is
   */
  public boolean simulates() {
    return !simulated.equals(NOT_SIMULATED);
  }

  /**
   * What tells this run from others of the same machine: its label, that it was quick, the
   * arguments of the JVM that the user added, and what the JVM does otherwise than most by itself.
   *
   * @return on one line, such as {@code before the change; quick; -XX:+UseParallelGC}; empty where
   *     there is nothing to tell
   */
  public String distinction() {
    List<String> parts = new ArrayList<>();
    if (!label.isEmpty()) {
      parts.add(label);
    }
    if (quick) {
      parts.add("quick");
    }
    List<String> changed = jvm.changedArguments();
    if (!changed.isEmpty()) {
      parts.add(String.join(" ", changed));
    }
    parts.addAll(jvm.unusual());
    // An argument may hold anything; what stands in a table or on a terminal may not.
    return String.join("; ", parts).replaceAll("\\p{Cntrl}", "?");
  }

  /**
   * The share of all cores that other programs used during the run.
   *
   * @return from 0 to 1; NaN where this system does not say, or the run broke off
   */
  public double othersDuring() {
    return after.othersSince(before);
  }

  /**
   * The share of all cores that was in use just before the run, by whatever else was at work.
   *
   * @return from 0 to 1; NaN where nobody looked
   */
  public double busyBefore() {
    return watched.isKnown() ? before.usedSince(watched) : Double.NaN;
  }

  /**
   * The day when the run began, UTC.
   *
   * @return such as {@code 2026-11-23}
   */
  public String day() {
    return date.substring(0, "2026-11-23".length());
  }

  /**
   * When the run began, for a person.
   *
   * @return such as {@code 2026-11-23 12:00:00 UTC}; {@code unknown} where no record says it
   */
  public String dateInWords() {
    return !isKnown() ? Facts.UNKNOWN : date.replace('T', ' ').replace("Z", " UTC");
  }

  /**
   * The name under which this machine's runs are kept: {@link HardwareId}, and what it simulates.
   *
   * @return a name that is safe for a folder; {@code unknown} where no record says it
   */
  public String machine() {
    if (!isKnown()) {
      return Facts.UNKNOWN;
    }
    String id = HardwareId.of(hardware);
    return simulates() ? id + "-simulated-" + HardwareId.slug(simulated) : id;
  }

  /**
   * What the JVM compiled vector code to: its flags may allow less than the processor has.
   *
   * @return avx512, avx2, avx, sse, sve, neon or unknown; followed by {@code -without-fma} where
   *     the JVM uses no fused multiply-add
   */
  public String instructions() {
    return VectorInstructions.of(os.architecture(), jvm.flags());
  }

  /**
   * As JSON, indented.
   *
   * @return the text
   */
  public String toJson() {
    return Json.write(this);
  }
}
