package reprise.reproducer.command;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A stretch of time as a person writes it, in seconds. */
record Stretch(long seconds) {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})(s|m|h|d)");

  /** For picocli. */
  static final class Reader implements ITypeConverter<Stretch> {
    @Override
    public Stretch convert(String written) {
      Matcher shape = SHAPE.matcher(written.strip().toLowerCase(Locale.ROOT));
      if (!shape.matches()) {
        throw new TypeConversionException(
            "'%s' is no stretch of time; write 90s, 30m, 2h or 1d.".formatted(written));
      }
      long unit =
          switch (shape.group(2)) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            default -> 86_400;
          };
      return new Stretch(Long.parseLong(shape.group(1)) * unit);
    }
  }
}
