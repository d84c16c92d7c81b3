package reprise.server.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Job;
import reprise.ledger.Trigger;
import reprise.server.job.Firings.Occasion;
import reprise.server.job.JobTable.Due;
import reprise.server.job.WaitingTable.Waiting;

/**
 * Has the events of a trigger wait until no more of them come, where it wants that. What waits is
 * in the database; each event's own key is used up when it comes.
 */
final class Debounce {
  private static final int LONGEST = 10;

  private final Jdbi jdbi;
  private final Firings firings;
  private final InstantSource clock;

  Debounce(Jdbi jdbi, Firings firings, InstantSource clock) {
    this.jdbi = jdbi;
    this.firings = firings;
    this.clock = clock;
  }

  /** Fires an event, or has it wait; then the answer is the time at which it begins at present. */
  Optional<Instant> take(Handle handle, Due due, Job job, Occasion occasion) {
    Integer seconds = quiet(due);
    if (seconds == null) {
      firings.fire(handle, job, occasion);
      return Optional.empty();
    }
    return Optional.of(await(handle, due.id(), occasion, Duration.ofSeconds(seconds)));
  }

  /** Takes in several of a trigger's, in order. */
  void takeAll(Handle handle, Due due, Job job, List<Occasion> occasions) {
    if (quiet(due) == null) {
      firings.fireAll(handle, occasions.stream().map(it -> new Firings.Called(job, it)).toList());
    } else {
      occasions.forEach(it -> take(handle, due, job, it));
    }
  }

  private static @Nullable Integer quiet(Due due) {
    return due.trigger() instanceof Trigger.Debounced it ? it.debounceSeconds() : null;
  }

  /** The parameters of what waits for a trigger; empty if nothing does. */
  static Optional<Map<String, String>> waiting(Handle handle, Due due) {
    return handle.attach(WaitingTable.class).find(due.id()).map(Waiting::parameters);
  }

  private Instant await(Handle handle, long trigger, Occasion occasion, Duration quiet) {
    WaitingTable table = handle.attach(WaitingTable.class);
    Instant now = clock.instant();
    Waiting before = table.count(trigger) == 0 ? null : table.find(trigger).orElse(null);
    Instant first = before == null ? now : before.firstAt();
    Instant longest = first.plus(quiet.multipliedBy(LONGEST));
    Instant begins = now.plus(quiet).isBefore(longest) ? now.plus(quiet) : longest;
    table.put(
        new Waiting(
            trigger,
            occasion.key(),
            occasion.cause(),
            occasion.parameters(),
            before == null ? 1 : before.events(),
            first,
            begins));
    return begins;
  }

  /** Fires what has waited long enough. */
  void tick() {
    jdbi.useTransaction(
        handle -> {
          WaitingTable table = handle.attach(WaitingTable.class);
          Instant now = clock.instant();
          for (Waiting each : table.ready(now, now.plus(TriggerClock.SET_BACK))) {
            if (table.take(each.id()) == 1) {
              fire(handle, each);
            }
          }
        });
  }

  private void fire(Handle handle, Waiting waiting) {
    JobTable jobs = handle.attach(JobTable.class);
    String cause =
        waiting.events() == 1
            ? waiting.cause()
            : "%s, the last of %d events".formatted(waiting.cause(), waiting.events());
    jobs.trigger(waiting.id())
        .flatMap(it -> jobs.find(it.job()))
        .ifPresent(
            job ->
                firings.fire(
                    handle,
                    job,
                    new Occasion(waiting.key(), cause, false, null, waiting.parameters())));
  }
}
