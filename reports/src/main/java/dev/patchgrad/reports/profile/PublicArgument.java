package dev.patchgrad.reports.profile;

import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What may be published of an argument of a JVM or of the launcher: flags of a known kind, since
 * they say how was measured. Of another option its name alone stays, as its value may be a password
 * or a person's name, and of another word nothing.
 */
final class PublicArgument {
  /** Stands for a path. */
  static final String PATH = "<path>";

  /** Stands for the value of an option that is not known. */
  private static final String VALUE = "<value>";

  /** Stands for an argument that is not known. */
  private static final String ARGUMENT = "<argument>";

  /**
   * A path: of Unix, of a home folder, of a Windows drive or share. A unit such as {@code ops/s} is
   * not one, since a letter comes before its slash. A path may contain spaces; a word that begins
   * with a hyphen is the next option. It gives nothing back, so that no length of it fills the
   * stack.
   */
  private static final Pattern A_PATH =
      Pattern.compile(
          "(?<![\\w./\\\\])(?:~[\\w.-]*+/\\S*+|/[^\\s/]\\S*+|//\\S++|[A-Za-z]:[\\\\/]\\S*+|\\\\\\\\\\w\\S*+)"
              + "(?: (?!-)\\S++)*+");

  /** A value that names nobody: a number, a size, a kernel, a pattern of benchmarks. */
  private static final String PLAIN = "[\\w.,:%|()$^*+?\\\\\\[\\]-]*+";

  /** Options whose values are safe to show; a file's name or a label may hold a person's. */
  private static final List<Pattern> KNOWN =
      Stream.of(
              "-XX:[+-]\\w++",
              "-XX:(?!On|\\w*(?:File|Path|Dir|Log))\\w++=[\\w.%,-]*+",
              "-X(?:mx|ms|mn|ss)\\d++[kKmMgGtT]?",
              "-X(?:int|comp|mixed|batch|rs|share:\\w++)",
              "-Xlog:[\\w+*,=:-]*+<path>",
              "-Xlog(?::[\\w+*,=-]++)?",
              "-(?:server|client|ea|esa|da|dsa)",
              "--(?:enable-preview|add-modules=[\\w.,]++|enable-native-access=[\\w.,-]++"
                  + "|sun-misc-unsafe-memory-access=\\w++)",
              "--add-(?:opens|exports|reads)=[\\w./,=-]++",
              "-Dpatchgrad\\.[\\w.-]++=" + PLAIN,
              "-D(?:bench|jmh)\\.(?!(?:rff|o|jvm|runs|java|data|label)=)\\w++=" + PLAIN,
              // JMH's own, whose value is the next argument.
              "-(?:bm|bs|e|f|foe|gc|i|jvm|jvmArgs|jvmArgsAppend|jvmArgsPrepend|o|opi|p|prof|r|rf|rff"
                  + "|si|t|tg|to|tu|v|w|wbs|wf|wi|wm)")
          .map(Pattern::compile)
          .toList();

  /** The suites' own parameters: JMH takes others too, and passes over them. */
  private static final Set<String> PARAMETERS =
      Set.of(
          "alignment",
          "bits",
          "k",
          "kernel",
          "level",
          "miniBatch",
          "n",
          "p",
          "precision",
          "restarts",
          "shapes",
          "streams",
          "students",
          "threads");

  /** An option or parameter and its value. */
  private static final Pattern NAMED =
      Pattern.compile("(-{0,2}[A-Za-z][\\w.-]{0,60}+(?::[A-Za-z]\\w{0,60}+)?)([=:])(.*)");

  private static final Pattern PLAIN_WORD = Pattern.compile("(?:" + PLAIN + "|<path>)++");

  private PublicArgument() {}

  /** Whether a text contains a path. */
  static boolean holdsPath(String text) {
    return A_PATH.matcher(text).find();
  }

  /** What stays of an argument, which may hold several options. */
  static String of(String argument) {
    String withoutPaths = A_PATH.matcher(argument).replaceAll(PATH);
    StringJoiner kept = new StringJoiner(" ");
    boolean hidden = false;
    for (String word : withoutPaths.split("\\s+", -1)) {
      // A value may have spaces: its other words are as private as its first.
      if (hidden && !word.startsWith("-")) {
        continue;
      }
      String shown = word(word);
      hidden = shown.endsWith(VALUE) || shown.equals(ARGUMENT);
      kept.add(shown);
    }
    return kept.toString();
  }

  private static String word(String word) {
    if (Set.of("", PATH, VALUE, ARGUMENT).contains(word)
        || KNOWN.stream().anyMatch(known -> known.matcher(word).matches())) {
      return word;
    }
    Matcher named = NAMED.matcher(word);
    if (named.matches()) {
      String name = named.group(1);
      String value = named.group(3);
      boolean isPath = value.startsWith(PATH) || value.endsWith(PATH);
      boolean isKnown = PARAMETERS.contains(name) && PLAIN_WORD.matcher(value).matches();
      return isKnown ? word : name + named.group(2) + (isPath ? PATH : VALUE);
    }
    return !word.startsWith("-") && PLAIN_WORD.matcher(word).matches() ? word : ARGUMENT;
  }
}
