package reprise.reproducer.export;

import java.util.List;
import java.util.Optional;
import reprise.ledger.JobSummary;
import reprise.ledger.JobTrigger;
import reprise.ledger.Trigger;

/** What of a job's triggers a clock can start. */
final class Clockwork {
  private Clockwork() {}

  static boolean isByTheClock(Trigger trigger) {
    return trigger instanceof Trigger.Cron
        || trigger instanceof Trigger.Every
        || trigger instanceof Trigger.Once;
  }

  /** Those that come again and again. */
  static List<Trigger> of(JobSummary job) {
    return job.triggers().stream()
        .map(JobTrigger::trigger)
        .filter(it -> it instanceof Trigger.Cron || it instanceof Trigger.Every)
        .toList();
  }

  /** Five fields, minute first; empty for one with seconds other than none. */
  static Optional<String> minutes(Trigger.Cron cron) {
    String expression = cron.expression().strip();
    List<String> fields = List.of(expression.split("\\s+", -1));
    if (fields.size() != 6) {
      return Optional.of(expression);
    }
    return fields.get(0).equals("0")
        ? Optional.of(String.join(" ", fields.subList(1, 6)))
        : Optional.empty();
  }
}
