package reprise.reproducer.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment as people write it, by the clocks of this machine where they name no others. */
record Moment(Instant instant) {
  private static final DateTimeFormatter SHAPE =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

  static String words(Instant instant) {
    return SHAPE.format(instant.atZone(ZoneId.systemDefault()));
  }

  /** For picocli. */
  static final class Reader implements ITypeConverter<Moment> {
    @Override
    public Moment convert(String written) {
      String text = written.strip().replace(' ', 'T');
      try {
        if (text.length() <= "2027-01-01".length()) {
          return new Moment(LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant());
        }
        return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
            ? new Moment(OffsetDateTime.parse(text).toInstant())
            : new Moment(LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant());
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'%s' is no moment; write 2027-01-31, 2027-01-31T06:30 or 2027-01-31T06:30:00Z."
                .formatted(written));
      }
    }
  }
}
