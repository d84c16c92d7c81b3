package reprise.server.job;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time that a firing stands for, in a parameter: {@code {due}} is its date, {@code
 * {due:yyyy/MM}} whatever {@link DateTimeFormatter} makes of it.
 */
final class DueTime {
  private static final Pattern PLACE = Pattern.compile("\\{due(?::([^{}]+))?}");

  private DueTime() {}

  /**
   * The value with its places filled.
   *
   * @throws IllegalArgumentException if one cannot be; the sentence says what could
   */
  static String fill(String value, ZonedDateTime time) {
    return PLACE
        .matcher(value)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    place.group(1) == null
                        ? time.toLocalDate().toString()
                        : formatter(place.group(1)).format(time)));
  }

  private static DateTimeFormatter formatter(String pattern) {
    try {
      return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'{due:%s}' cannot be filled; write {due}, {due:yyyy-MM-dd} or {due:HH}"
              .formatted(pattern),
          e);
    }
  }
}
