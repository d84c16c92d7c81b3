package reprise.server.job.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Days on which nothing is due. */
record Exclusions(List<Span> spans, Set<DayOfWeek> weekdays) {

  /** Both days belong to it. */
  record Span(LocalDate first, LocalDate last) {}

  static Exclusions of(List<String> written) {
    List<Span> spans = new ArrayList<>();
    Set<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
    for (String day : written) {
      String one = day.strip();
      DayOfWeek weekday = weekday(one);
      if (weekday == null) {
        spans.add(span(one));
      } else {
        weekdays.add(weekday);
      }
    }
    if (weekdays.size() == DayOfWeek.values().length) {
      throw new IllegalArgumentException("all seven days of the week are excluded; leave one");
    }
    return new Exclusions(List.copyOf(spans), weekdays);
  }

  private static @Nullable DayOfWeek weekday(String written) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (written.length() >= 3 && day.name().startsWith(written.toUpperCase(Locale.ROOT))) {
        return day;
      }
    }
    return null;
  }

  private static Span span(String written) {
    try {
      String[] ends = written.split("/", 2);
      LocalDate first = LocalDate.parse(ends[0]);
      LocalDate last = ends.length == 1 ? first : LocalDate.parse(ends[1]);
      if (!last.isBefore(first)) {
        return new Span(first, last);
      }
    } catch (DateTimeParseException e) {
      // answered below, like days in the wrong order
    }
    throw new IllegalArgumentException(
        "'%s' is no day to leave out; write 2026-12-24, 2026-12-24/2026-12-31 or SAT"
            .formatted(written));
  }

  boolean holds(ZonedDateTime moment) {
    LocalDate day = moment.toLocalDate();
    return weekdays.contains(day.getDayOfWeek())
        || spans.stream().anyMatch(it -> !day.isBefore(it.first()) && !day.isAfter(it.last()));
  }
}
