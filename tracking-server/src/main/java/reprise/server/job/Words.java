package reprise.server.job;

import java.time.Duration;
import java.util.Locale;
import reprise.ledger.AlertRule;
import reprise.ledger.Trigger;

/** Triggers, rules and lengths of time as people say them. */
final class Words {
  private Words() {}

  static String of(Trigger trigger) {
    if (trigger instanceof Trigger.Cron cron) {
      return "cron `%s` in %s%s"
          .formatted(
              cron.expression(),
              cron.zone(),
              cron.except().isEmpty() ? "" : ", except " + String.join(", ", cron.except()));
    }
    if (trigger instanceof Trigger.Every every) {
      return "every " + of(Duration.ofSeconds(every.seconds()));
    }
    if (trigger instanceof Trigger.Once once) {
      return "once, at " + once.at();
    }
    if (trigger instanceof Trigger.Directory directory) {
      return "files `%s` that come into `%s`".formatted(directory.pattern(), directory.path());
    }
    if (trigger instanceof Trigger.Redis redis) {
      return "messages of the Redis stream `%s`".formatted(redis.stream());
    }
    if (trigger instanceof Trigger.Kafka kafka) {
      return "messages of the Kafka topic `%s`".formatted(kafka.topic());
    }
    if (trigger instanceof Trigger.After after) {
      return "when job `%s` has ended (%s)%s"
          .formatted(
              after.job(),
              after.end().name().toLowerCase(Locale.ROOT),
              after.parameter() == null
                  ? ""
                  : ", whose files the parameter `%s` leads to".formatted(after.parameter()));
    }
    return "signed messages";
  }

  static String of(AlertRule rule) {
    if (rule instanceof AlertRule.OnFailure) {
      return "it failed after the last attempt";
    }
    if (rule instanceof AlertRule.OnRecovery) {
      return "it succeeds again after a failure";
    }
    if (rule instanceof AlertRule.IfNotStarted waiting) {
      return "it has not begun %s after it was due"
          .formatted(of(Duration.ofSeconds(waiting.seconds())));
    }
    if (rule instanceof AlertRule.IfLate late) {
      return "it is not done %s after it was due".formatted(of(Duration.ofSeconds(late.seconds())));
    }
    if (rule instanceof AlertRule.WithoutSuccess absent) {
      return "it has not succeeded for %s".formatted(of(Duration.ofSeconds(absent.seconds())));
    }
    if (rule instanceof AlertRule.IfSlow slow) {
      return "it took more than %s times as long as usual".formatted(slow.times());
    }
    if (rule instanceof AlertRule.IfDrifted drifted) {
      return "what it reads is no longer like the golden run's, by more than %s %%"
          .formatted(drifted.margin() * 100);
    }
    if (rule instanceof AlertRule.IfWorse metric) {
      return "`%s` is worse by more than %s %% than %s"
          .formatted(
              metric.metric(),
              metric.margin() * 100,
              metric.last() == null
                  ? "in the golden run"
                  : "the mean of the last %d".formatted(metric.last()));
    }
    return "it no longer comes out as its golden run, though nothing that it reads is live";
  }

  static String of(Duration duration) {
    if (duration.toHours() >= 48) {
      return duration.toDays() + " days";
    }
    if (duration.toMinutes() >= 120) {
      return "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }
    return duration.toSeconds() >= 60
        ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
        : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
