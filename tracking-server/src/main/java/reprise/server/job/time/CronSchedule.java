package reprise.server.job.time;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Map;
import java.util.Optional;
import reprise.ledger.Trigger;

/**
 * A cron expression by the clocks of a zone, also on the two days of a year on which these are
 * changed. Where the expression names hours, each of them comes once a day: a time that the clocks
 * leap over comes as late as they leap, and one that they show twice comes the first time. Where
 * every hour or every n-th is meant, hours are those that pass, so that none is left out and the
 * repeated one counts again.
 */
final class CronSchedule implements Schedule {
  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");
  // Changes of the clocks are seldom more than an hour; Samoa left out a whole day.
  private static final Duration LONGEST_CHANGE = Duration.ofHours(25);
  private static final int MOST_DAYS_PASSED_OVER = 40_000; // more than a century

  private final com.github.kagkarlsson.scheduler.task.schedule.CronSchedule inUtc;
  private final com.github.kagkarlsson.scheduler.task.schedule.CronSchedule inZone;
  private final ZoneId zone;
  private final boolean namesHours;
  private final Exclusions except;

  private CronSchedule(String expression, CronStyle style, ZoneId zone, Exclusions except) {
    this.inUtc =
        new com.github.kagkarlsson.scheduler.task.schedule.CronSchedule(
            expression, ZoneOffset.UTC, style);
    this.inZone =
        new com.github.kagkarlsson.scheduler.task.schedule.CronSchedule(expression, zone, style);
    this.zone = zone;
    String hours = expression.split(" ", -1)[style == CronStyle.UNIX ? 1 : 2];
    this.namesHours = !hours.contains("*") && !hours.contains("/") && !hours.contains("?");
    this.except = except;
  }

  static CronSchedule of(Trigger.Cron cron) {
    String written = cron.expression().strip().replaceAll("\\s+", " ");
    String expression = NICKNAMES.getOrDefault(written, written);
    int fields = expression.split(" ", -1).length;
    if (fields != 5 && fields != 6) {
      throw unreadable(written, "it has %d fields".formatted(fields));
    }
    try {
      CronSchedule schedule =
          new CronSchedule(
              expression,
              fields == 5 ? CronStyle.UNIX : CronStyle.SPRING53,
              zone(cron.zone()),
              Exclusions.of(cron.except()));
      if (schedule.after(Instant.EPOCH).isEmpty()) {
        throw unreadable(written, "no day is ever like that");
      }
      return schedule;
    } catch (Unreadable e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw unreadable(written, String.valueOf(e.getMessage()));
    }
  }

  private static final class Unreadable extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Unreadable(String sentence) {
      super(sentence);
    }
  }

  private static Unreadable unreadable(String written, String why) {
    return new Unreadable(
        "'%s' is no cron expression (%s); '30 6 * * MON-FRI' is 6:30 on working days, '@daily' is midnight"
            .formatted(written, why));
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new Unreadable(
          "there is no time zone '%s'; one is called UTC or like Europe/Berlin".formatted(name));
    }
  }

  @Override
  public Optional<Instant> after(Instant then) {
    Optional<Instant> moment = regardless(then);
    for (int i = 0; moment.isPresent() && except.holds(moment.get().atZone(zone)); i++) {
      if (i == MOST_DAYS_PASSED_OVER) {
        return Optional.empty();
      }
      LocalDate nextDay = LocalDate.ofInstant(moment.get(), zone).plusDays(1);
      moment = regardless(nextDay.atStartOfDay(zone).toInstant().minusNanos(1));
    }
    return moment;
  }

  private Optional<Instant> regardless(Instant then) {
    return namesHours ? byTheClockOnTheWall(then) : next(inZone, then);
  }

  private Optional<Instant> byTheClockOnTheWall(Instant then) {
    // What is evaluated in UTC are local times, so that each is found, also one that does not
    // exist.
    Optional<Instant> local = Optional.of(start(then).toInstant(ZoneOffset.UTC));
    while (true) {
      local = next(inUtc, local.get());
      if (local.isEmpty()) {
        return local;
      }
      LocalDateTime wanted = LocalDateTime.ofInstant(local.get(), ZoneOffset.UTC);
      Instant moment = wanted.atZone(zone).toInstant(); // leaps with the clocks, takes the first
      if (moment.isAfter(then)) {
        return Optional.of(moment);
      }
    }
  }

  /** Early enough that no local time is missed which the clocks leapt over just now. */
  private LocalDateTime start(Instant then) {
    LocalDateTime local = LocalDateTime.ofInstant(then, zone);
    ZoneOffsetTransition change = zone.getRules().previousTransition(then.plusNanos(1));
    boolean justNow = change != null && change.getInstant().plus(LONGEST_CHANGE).isAfter(then);
    return justNow ? local.minus(LONGEST_CHANGE) : local;
  }

  private static Optional<Instant> next(
      com.github.kagkarlsson.scheduler.task.schedule.CronSchedule cron, Instant then) {
    Instant second = then.truncatedTo(ChronoUnit.SECONDS); // what is less would stay in the answer
    Instant next = cron.getNextExecutionTime(ExecutionComplete.simulatedSuccess(second));
    return next.equals(com.github.kagkarlsson.scheduler.task.schedule.Schedule.NEVER)
        ? Optional.empty()
        : Optional.of(next);
  }
}
