package reprise.server.job.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import reprise.ledger.Trigger;

/** Moments at equal distances, whatever local clocks do. */
record EverySchedule(Duration distance, Instant from) implements Schedule {
  private static final long LONGEST = Duration.ofDays(3660).toSeconds();

  static EverySchedule of(Trigger.Every every, Instant since) {
    if (every.seconds() < 1 || every.seconds() > LONGEST) {
      throw new IllegalArgumentException(
          "every %d seconds is no distance between two times; give 1 second to 10 years"
              .formatted(every.seconds()));
    }
    Instant from = every.from();
    Duration distance = Duration.ofSeconds(every.seconds());
    return new EverySchedule(distance, from == null ? since.plus(distance) : from);
  }

  @Override
  public Optional<Instant> after(Instant then) {
    if (then.isBefore(from)) {
      return Optional.of(from);
    }
    long passed = Duration.between(from, then).dividedBy(distance);
    return Optional.of(from.plus(distance.multipliedBy(passed + 1)));
  }
}
