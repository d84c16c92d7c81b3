package reprise.reproducer.comparison;

import java.util.regex.Pattern;

/**
 * Takes out of a text what may differ between two executions without meaning anything. Applying one
 * twice is the same as once, and none makes any two different texts both empty that were not.
 */
enum Normaliser {
  /** Windows and old Mac line ends. */
  LINE_ENDS("line-ends", "\r\n?", "\n"),
  /** Colours and other terminal escapes. */
  ANSI("ansi", "\u001b\\[[0-9;]*[A-Za-z]", ""),
  /**
   * What {@code Object.toString} adds to a class name: {@code Foo@1b2c3d}. Only behind what could
   * be the name of a class or array, so that {@code me@abcdef.org} stays as it is.
   */
  IDENTITY_HASH("identity-hash", "(?<=[A-Z$\\[][\\w$;.]{0,100})@[0-9a-f]{4,8}(?!\\w|\\.\\w)", "@*"),
  /** Files that the JDK names by chance in the folder for temporary files. */
  TEMPORARY_PATH(
      "temporary-path", "(?:/[\\w.-]+)*/(?:tmp|temp)/[\\w.+-]*?\\d{6,}[\\w.+-]*", "/tmp/*"),
  /** A duration that the text itself calls one: {@code took 12 ms}. */
  DURATION(
      "duration",
      "(?i)(?<=\\b(?:took|elapsed|duration|time|in)[:= ]{1,3})\\d+(?:[.,]\\d+)?(?=\\s?(?:ns|µs|us|ms|s|sec|secs|seconds|millis|milliseconds|min|minutes)\\b)",
      "*");

  private final String label;
  private final Pattern pattern;
  private final String replacement;

  Normaliser(String label, String pattern, String replacement) {
    this.label = label;
    this.pattern = Pattern.compile(pattern);
    this.replacement = replacement;
  }

  String apply(String text) {
    return pattern.matcher(text).replaceAll(replacement);
  }

  /** The name by which a verdict speaks of it. */
  String label() {
    return label;
  }
}
