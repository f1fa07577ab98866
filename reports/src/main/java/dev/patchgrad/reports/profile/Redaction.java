package dev.patchgrad.reports.profile;

import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.Json;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Removes from a record what is private to the person who measured.
 *
 * <p>The rule: in the path of the JVM, and in the arguments of the launcher and of the forks, every
 * absolute path becomes {@code <path>}, with what follows it up to the next option. Nothing else is
 * changed or removed. No other value of a profile may contain an absolute path. The names of host
 * and user are recorded nowhere.
 */
final class Redaction {
  static final String PLACEHOLDER = "<path>";

  /** {@code jvm} and {@code jvmArgs} of results.json; {@code command}, {@code jvm.arguments}. */
  private static final Pattern ARGUMENT =
      Pattern.compile("\\[\\d+]\\.jvm|(\\[\\d+]\\.jvmArgs|command|jvm\\.arguments)\\[\\d+]");

  /**
   * An absolute path: of Unix, of a home folder, of a Windows drive or share. A unit such as {@code
   * ops/s} is not one, since a letter comes before its slash. A path may contain spaces; a word
   * that begins with a hyphen is the next option.
   */
  private static final Pattern ABSOLUTE_PATH =
      Pattern.compile(
          "(?<![\\w.<>/\\\\])(?:~?/[^\\s/]\\S*|//\\S+|[A-Za-z]:[\\\\/]\\S*|\\\\\\\\\\w\\S*)"
              + "(?: (?!-)\\S+)*");

  private Redaction() {}

  /**
   * Replaces absolute paths in arguments.
   *
   * @param json one of the two files
   * @param origin its file, for messages
   * @return the JSON without them
   */
  static String redact(String json, Path origin) {
    return Json.mapStrings(
        json,
        origin,
        (key, text) ->
            ARGUMENT.matcher(key).matches()
                ? ABSOLUTE_PATH.matcher(text).replaceAll(PLACEHOLDER)
                : text);
  }

  /**
   * Refuses a file that contains an absolute path.
   *
   * @throws BadRecordException naming the key
   */
  static void requireNoPath(String json, Path origin) {
    Json.mapStrings(
        json,
        origin,
        (key, text) -> {
          if (ABSOLUTE_PATH.matcher(text).find()) {
            throw new BadRecordException(
                origin, key, "'" + text + "' contains a path of the machine that measured");
          }
          return text;
        });
  }
}
