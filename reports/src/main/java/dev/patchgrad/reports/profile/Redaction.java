package dev.patchgrad.reports.profile;

import dev.patchgrad.reports.json.BadRecordException;
import dev.patchgrad.reports.json.Json;
import dev.patchgrad.reports.json.PlainText;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Removes from a record what is private to the person who measured.
 *
 * <p>The rule: of the path of the JVM nothing stays. Of the arguments of the launcher and of the
 * forks stays what {@link PublicArgument} knows. Of the versions of the operating system and of the
 * JVM stays the number, not who built them. No other value of a profile may contain a path. The
 * names of host and user are recorded nowhere.
 */
final class Redaction {
  /** {@code jvmArgs} of results.json; {@code command} and {@code jvm.arguments}. */
  private static final Pattern ARGUMENT =
      Pattern.compile("(\\[\\d+]\\.jvmArgs|command|jvm\\.arguments)\\[\\d+]");

  private static final Pattern JVM = Pattern.compile("\\[\\d+]\\.jvm");

  private static final Pattern JVM_VERSION =
      Pattern.compile("\\[\\d+]\\.(?:jdkVersion|vmVersion)|jvm\\.version");

  /** The kernel's number, and what its builder added to it. */
  private static final Pattern KERNEL = Pattern.compile("\\bbuild (\\d+(?:\\.\\d+)*+)\\S*");

  /** Where a JDK was built from source, its version names the user and the folder. */
  private static final Pattern BUILT_BY = Pattern.compile("(-(?:internal|adhoc))[-.+].*");

  /** JMH's options whose value, the next argument, is a file. */
  private static final Set<String> NAME_A_FILE = Set.of("-o", "-rff", "-jvm");

  /** The argument before. */
  private String previous = "";

  private Redaction() {}

  /**
   * Replaces what is private.
   *
   * @param json one of the two files
   * @param origin its file, for messages
   * @return the JSON without it
   */
  static String redact(String json, Path origin) {
    return Json.mapStrings(json, origin, new Redaction()::redacted);
  }

  private String redacted(String key, String text) {
    if (JVM.matcher(key).matches()) {
      return PublicArgument.PATH;
    }
    if (ARGUMENT.matcher(key).matches()) {
      boolean isFile = NAME_A_FILE.contains(previous);
      previous = text;
      return isFile ? PublicArgument.PATH : PublicArgument.of(text);
    }
    if (key.equals("os.version")) {
      return KERNEL.matcher(text).replaceAll("build $1");
    }
    return JVM_VERSION.matcher(key).matches() ? BUILT_BY.matcher(text).replaceAll("$1") : text;
  }

  /**
   * Refuses a file that contains anything private.
   *
   * @throws BadRecordException naming the key
   */
  static void requirePublic(String json, Path origin) {
    Redaction redaction = new Redaction();
    Json.mapStrings(
        json,
        origin,
        (key, text) -> {
          if (PublicArgument.holdsPath(text)) {
            throw refusal(origin, key, text, "contains a path of the machine that measured");
          }
          String expected = redaction.redacted(key, text);
          if (!text.equals(expected)) {
            throw refusal(
                origin, key, text, "may be private; expected '" + expected + "', as record writes");
          }
          return text;
        });
  }

  private static BadRecordException refusal(Path origin, String key, String text, String why) {
    return new BadRecordException(
        origin, PlainText.inShort(key), "'" + PlainText.inShort(text) + "' " + why);
  }
}
