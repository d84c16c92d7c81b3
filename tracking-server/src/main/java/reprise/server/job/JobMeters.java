package reprise.server.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import reprise.ledger.Attempt;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.JobName;

/**
 * Counts what this process brings about in jobs, each thing once it is in the database; those of
 * several servers add up. A job is a label, but never beside the steps of a histogram.
 */
final class JobMeters {
  private static final Duration[] LATENESS =
      LongStream.of(1, 2, 5, 15, 60, 300, 900, 3600, 21_600)
          .mapToObj(Duration::ofSeconds)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Timer lateness;

  JobMeters(MeterRegistry registry) {
    this.registry = registry;
    this.lateness =
        Timer.builder("reprise.attempt.lateness")
            .description("From when a firing was due to the start of its first attempt")
            .serviceLevelObjectives(LATENESS)
            .register(registry);
  }

  /** A firing came to its end, if this transaction is committed. */
  void ended(Handle handle, JobName job, FiringStatus status) {
    handle.afterCommit(
        () ->
            Counter.builder("reprise.firings")
                .description("Firings that came to their end")
                .tags("job", job.value(), "status", label(status))
                .register(registry)
                .increment());
  }

  /** An attempt was begun. */
  void began(Firing firing, Attempt attempt) {
    Instant started = attempt.startedAt();
    if (attempt.number() == 1 && started != null) {
      lateness.record(between(due(firing), started));
    }
  }

  /**
   * What was asked for, or waited for something else, is not late because of what it stands for.
   */
  private static Instant due(Firing firing) {
    Instant due = firing.due();
    return due != null && !firing.asked() && firing.key().equals(TriggerClock.key(due))
        ? due
        : firing.createdAt();
  }

  /** An attempt ended. */
  void ended(JobName job, Attempt attempt) {
    Tags tags = Tags.of("job", job.value(), "status", label(attempt.status()));
    Counter.builder("reprise.attempts")
        .description("Attempts that ended")
        .tags(tags.and("place", attempt.place()))
        .register(registry)
        .increment();
    if (attempt.startedAt() != null && attempt.endedAt() != null) {
      Timer.builder("reprise.attempt.duration")
          .description("What attempts took")
          .tags(tags)
          .register(registry)
          .record(between(attempt.startedAt(), attempt.endedAt()));
    }
  }

  /**
   * Somebody was told, or this try to do so failed.
   *
   * @param kind of channel
   */
  void told(String kind, boolean arrived) {
    Counter.builder("reprise.alerts")
        .description("Tries to deliver an alert")
        .tags("kind", kind, "outcome", arrived ? "delivered" : "failed")
        .register(registry)
        .increment();
  }

  private static String label(Enum<?> status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  /** A clock may have been set back meanwhile. */
  private static Duration between(Instant from, Instant to) {
    return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
  }
}
