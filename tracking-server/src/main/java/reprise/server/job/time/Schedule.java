package reprise.server.job.time;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reprise.ledger.Trigger;

/** The moments at which a trigger is due. */
public interface Schedule {

  /** The first moment that is later than {@code then}; empty if there is none. */
  Optional<Instant> after(Instant then);

  /**
   * Reads what a person wrote.
   *
   * @param since when the trigger was set up
   * @throws IllegalArgumentException if that cannot be read; the sentence says what would be
   */
  static Schedule of(Trigger trigger, Instant since) {
    if (trigger instanceof Trigger.Cron cron) {
      return CronSchedule.of(cron);
    }
    if (trigger instanceof Trigger.Every every) {
      return EverySchedule.of(every, since);
    }
    if (trigger instanceof Trigger.Once once) {
      return then -> once.at().isAfter(then) ? Optional.of(once.at()) : Optional.empty();
    }
    return then -> Optional.empty(); // an event's; no calendar knows when it comes
  }

  /** The first {@code most} moments later than {@code then}. */
  default List<Instant> next(Instant then, int most) {
    List<Instant> next = new ArrayList<>();
    Optional<Instant> moment = after(then);
    while (moment.isPresent() && next.size() < most) {
      next.add(moment.get());
      moment = after(moment.get());
    }
    return next;
  }
}
