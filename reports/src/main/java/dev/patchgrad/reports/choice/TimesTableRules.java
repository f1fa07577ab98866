package dev.patchgrad.reports.choice;

import dev.patchgrad.reports.json.PlainText;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules by which the library reads a table of measured times: core's {@code MeasuredTimes},
 * line by line. This module has no core to ask, since core needs a newer Java; a test of {@code
 * bench}, which has both, holds the two together.
 */
public final class TimesTableRules {
  private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?(E\\d{1,3})?");

  /** Core's former name for the kernel of many students, and its name. */
  private static final String FORMER_STUDENTS = "restarts";

  private static final String STUDENTS = "students";

  private final Set<String> machines = new HashSet<>();
  private final Set<List<String>> kernels = new HashSet<>();

  private TimesTableRules() {}

  /**
   * What is wrong with a line of a table.
   *
   * @param line as it is written
   * @param reason what was found and what was expected
   */
  public record Complaint(String line, String reason) {
    /**
     * For a message.
     *
     * @return the line in short, and the reason
     */
    public String text() {
      return "'" + PlainText.inShort(line) + "': " + reason;
    }
  }

  /**
   * Looks for what the library would refuse.
   *
   * @param table its text
   * @return the first line that it would refuse; empty if it takes them all
   */
  public static Optional<Complaint> complaint(String table) {
    TimesTableRules rules = new TimesTableRules();
    List<String> lines = table.lines().toList();
    String first = lines.isEmpty() ? "" : lines.get(0);
    if (!Set.of("patchgrad-measured-times\t1", "patchgrad-choices\t1").contains(first)) {
      return Optional.of(
          new Complaint(first, "expected 'patchgrad-measured-times', a tab and version 1"));
    }
    for (String line : lines.subList(1, lines.size())) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String reason = rules.reason(line.split("\t", -1));
        if (!reason.isEmpty()) {
          return Optional.of(new Complaint(line, reason));
        }
      }
    }
    return Optional.empty();
  }

  private String reason(String[] fields) {
    return switch (fields[0]) {
      case "microarchitecture" -> count(fields, 5);
      case "machine" -> machine(fields);
      case "fact" -> fact(fields);
      case "time" -> time(fields);
      default -> "expected microarchitecture, machine, fact, time or #";
    };
  }

  private String machine(String[] fields) {
    String wrong = count(fields, 14);
    if (!wrong.isEmpty()) {
      return wrong;
    }
    if (!machines.add(fields[1])) {
      return "the machine appears twice";
    }
    return first(
        whole(fields[7], "cores", 0),
        whole(fields[8], "threads", 0),
        whole(fields[10], "vector bits", 1));
  }

  private String fact(String[] fields) {
    String wrong = count(fields, 4);
    if (!wrong.isEmpty()) {
      return wrong;
    }
    if (!machines.contains(fields[1])) {
      return "expected a machine of a line before";
    }
    return switch (fields[2]) {
      case "l1-kib", "l2-kib" -> whole(fields[3], "KiB", 1);
      case "l2-bytes-per-flop" ->
          NUMBER.matcher(fields[3]).matches()
              ? ""
              : "bytes per flop '" + fields[3] + "'; expected a number of at least 0";
      default -> "";
    };
  }

  private String time(String[] fields) {
    String wrong = count(fields, 11);
    if (!wrong.isEmpty()) {
      return wrong;
    }
    if (!machines.contains(fields[1])) {
      return "expected a machine of a line before";
    }
    boolean isNumber = NUMBER.matcher(fields[9]).matches() && Double.parseDouble(fields[9]) >= 1;
    String reason =
        first(
            isNumber ? "" : "slowdown '" + fields[9] + "'; expected a number of at least 1",
            Set.of("within", "beyond").contains(fields[10])
                ? ""
                : "noise '" + fields[10] + "'; expected within or beyond",
            Set.of("float", "double").contains(fields[2])
                ? ""
                : "precision: '" + fields[2] + "' is unknown; expected float or double",
            whole(fields[3], "students", 1),
            whole(fields[4], "threads", 1),
            whole(fields[5], "p", 1),
            whole(fields[6], "k", 1),
            whole(fields[7], "n", 1));
    if (!reason.isEmpty()) {
      return reason;
    }
    String kernel = fields[8].equals(FORMER_STUDENTS) ? STUDENTS : fields[8];
    List<String> point =
        List.of(
            fields[1],
            fields[2],
            number(fields[3]),
            number(fields[4]),
            number(fields[5]),
            number(fields[6]),
            number(fields[7]),
            kernel);
    return kernels.add(point) ? "" : "the kernel appears twice at this point";
  }

  /** 8 and 08 are one number. */
  private static String number(String whole) {
    return Integer.toString(Integer.parseInt(whole));
  }

  private static String count(String[] fields, int expected) {
    return fields.length == expected
        ? ""
        : fields.length + " fields; expected " + expected + ", separated by tabs";
  }

  private static String whole(String text, String meaning, int least) {
    return WHOLE.matcher(text).matches() && Integer.parseInt(text) >= least
        ? ""
        : meaning + " '" + text + "'; expected a whole number of at least " + least;
  }

  private static String first(String... reasons) {
    for (String reason : reasons) {
      if (!reason.isEmpty()) {
        return reason;
      }
    }
    return "";
  }
}
