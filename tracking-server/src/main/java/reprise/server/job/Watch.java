package reprise.server.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import reprise.ledger.AlertRule;
import reprise.ledger.Attempt;
import reprise.ledger.AttemptStatus;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.Job;
import reprise.ledger.JobAlerts;
import reprise.ledger.JobVersion;
import reprise.ledger.Verdict;

/**
 * Decides of what somebody is told. What follows from the end of a firing is decided in the
 * transaction that ends it, so that no end goes untold; what follows from time, whenever somebody
 * looks.
 */
final class Watch {
  private static final int HISTORY = 200;
  private static final int COMPARED = 10;
  private static final int ENOUGH = 3;

  private final InstantSource clock;

  Watch(InstantSource clock) {
    this.clock = clock;
  }

  /** Looks at a firing that has just ended. */
  void ended(Handle handle, Firing firing) {
    JobAlerts alerts = handle.attach(AlertTable.class).of(firing.job());
    if (alerts.to().isEmpty() || !decides(firing)) {
      return;
    }
    List<Firing> before = before(handle, firing);
    for (AlertRule rule : alerts.rules()) {
      after(handle, rule, firing, before)
          .ifPresent(news -> news.tell(handle, firing.job(), rule, alerts.to(), clock.instant()));
    }
  }

  private static boolean decides(Firing firing) {
    return firing.status() == FiringStatus.SUCCEEDED || firing.status() == FiringStatus.FAILED;
  }

  /** Those that ended one way or the other, newest first. */
  private static List<Firing> before(Handle handle, Firing firing) {
    return handle.attach(FiringTable.class).of(firing.job(), firing.firing(), HISTORY).stream()
        .filter(Watch::decides)
        .toList();
  }

  private Optional<News> after(Handle handle, AlertRule rule, Firing firing, List<Firing> before) {
    boolean succeeded = firing.status() == FiringStatus.SUCCEEDED;
    if (rule instanceof AlertRule.OnFailure && !succeeded) {
      return news(firing, "failed", String.valueOf(firing.why()));
    }
    if (rule instanceof AlertRule.OnRecovery && succeeded && lastFailed(firing, before)) {
      return news(firing, "succeeds again", "The one before it had failed.");
    }
    if (rule instanceof AlertRule.IfSlow slow && succeeded) {
      return slow(slow, firing, Numbers.took(firing), before);
    }
    if (rule instanceof AlertRule.IfWorse metric && succeeded) {
      return worse(handle, metric, firing, before);
    }
    if (rule instanceof AlertRule.IfDiverged && succeeded) {
      return diverged(handle, firing);
    }
    return Optional.empty();
  }

  /** One that was repaired had failed itself. */
  private static boolean lastFailed(Firing firing, List<Firing> before) {
    boolean repaired =
        firing.attempts().stream().anyMatch(it -> it.status() == AttemptStatus.FAILED)
            && firing.attempts().size() > 1;
    return repaired || (!before.isEmpty() && before.get(0).status() == FiringStatus.FAILED);
  }

  private static Optional<News> news(Firing firing, String what, String text) {
    return Optional.of(News.of(firing, what, text));
  }

  private static Optional<News> slow(
      AlertRule.IfSlow rule, Firing firing, @Nullable Duration took, List<Firing> before) {
    List<Duration> usual = new ArrayList<>();
    for (Firing each : before) {
      Duration one = Numbers.took(each);
      if (one != null && usual.size() < COMPARED) {
        usual.add(one);
      }
    }
    if (took == null || usual.size() < ENOUGH) {
      return Optional.empty(); // what is usual is not known yet
    }
    usual.sort(null);
    Duration median = usual.get(usual.size() / 2);
    if (took.toMillis() <= median.toMillis() * rule.times()) {
      return Optional.empty();
    }
    return news(
        firing,
        "takes unusually long",
        "It has taken %s; the last %d successes took %s in the median."
            .formatted(Words.of(took), usual.size(), Words.of(median)));
  }

  private Optional<News> worse(
      Handle handle, AlertRule.IfWorse rule, Firing firing, List<Firing> before) {
    Double now = new Numbers(handle).last(Numbers.runs(firing), rule.metric());
    Double then = standard(handle, rule, firing, before);
    if (now == null || then == null || then.isNaN()) {
      return Optional.empty();
    }
    double worse = rule.higherIsBetter() ? then - now : now - then;
    if (worse <= Math.abs(then) * rule.margin()) { // what is no number is worse than any
      return Optional.empty();
    }
    return news(
        firing,
        "has a worse " + rule.metric(),
        "%s is %s; %s it was %s."
            .formatted(
                rule.metric(),
                now,
                rule.last() == null
                    ? "in the golden run"
                    : "in the mean of up to %d before".formatted(rule.last()),
                then));
  }

  private static @Nullable Double standard(
      Handle handle, AlertRule.IfWorse rule, Firing firing, List<Firing> before) {
    Integer last = rule.last();
    if (last == null) {
      return handle
          .attach(JobTable.class)
          .version(firing.job(), firing.version())
          .map(it -> new Numbers(handle).last(List.of(it.run()), rule.metric()))
          .orElse(null);
    }
    List<Double> numbers = new ArrayList<>();
    for (Firing each : before) {
      Double number =
          numbers.size() < last
              ? new Numbers(handle).last(Numbers.runs(each), rule.metric())
              : null;
      if (number != null && !number.isNaN()) {
        numbers.add(number);
      }
    }
    return numbers.isEmpty()
        ? null
        : numbers.stream().mapToDouble(it -> it).average().orElseThrow();
  }

  private static Optional<News> diverged(Handle handle, Firing firing) {
    boolean isLive =
        handle
            .attach(JobTable.class)
            .version(firing.job(), firing.version())
            .map(JobVersion::isLive)
            .orElse(true);
    boolean differs = firing.attempts().stream().anyMatch(it -> it.verdict() == Verdict.DIVERGED);
    return isLive || !firing.parameters().isEmpty() || !differs
        ? Optional.empty()
        : news(
            firing,
            "no longer reproduces",
            "Nothing that it reads is live, and yet it came out otherwise than its golden run.");
  }

  /** Looks at what should have happened by now and has not. */
  void look(Handle handle) {
    JobTable jobs = handle.attach(JobTable.class);
    handle
        .attach(AlertTable.class)
        .watched()
        .forEach(
            (name, alerts) ->
                jobs.find(name)
                    .filter(job -> !job.paused())
                    .ifPresent(job -> look(handle, job, alerts)));
  }

  private void look(Handle handle, Job job, JobAlerts alerts) {
    for (AlertRule rule : alerts.rules()) {
      overdue(handle, job, rule)
          .ifPresent(news -> news.tell(handle, job.job(), rule, alerts.to(), clock.instant()));
    }
  }

  private Optional<News> overdue(Handle handle, Job job, AlertRule rule) {
    FiringTable firings = handle.attach(FiringTable.class);
    if (rule instanceof AlertRule.IfNotStarted waiting) {
      return firings
          .unbegun(job.job(), clock.instant().minusSeconds(waiting.seconds()))
          .map(it -> late(it, "has not started", "has not begun"));
    }
    if (rule instanceof AlertRule.IfLate late) {
      return firings
          .unended(job.job(), clock.instant().minusSeconds(late.seconds()))
          .map(it -> late(it, "is late", "is not done"));
    }
    if (rule instanceof AlertRule.IfSlow slow) {
      return firings.inStatus(job.job(), FiringStatus.RUNNING).stream()
          .flatMap(it -> stillAtWork(handle, slow, it).stream())
          .findFirst();
    }
    if (rule instanceof AlertRule.WithoutSuccess absent) {
      Instant last = firings.lastSuccess(job.job()).orElse(job.createdAt());
      return last.plusSeconds(absent.seconds()).isAfter(clock.instant())
          ? Optional.empty()
          : Optional.of(
              new News(
                  "since:" + last,
                  null,
                  "%s has not succeeded for long".formatted(job.job()),
                  "Its last success was %s.".formatted(last)));
    }
    return Optional.empty();
  }

  private static News late(Firing firing, String what, String state) {
    return new News(
        String.valueOf(firing.firing()),
        firing,
        "%s %s".formatted(firing.job(), what),
        "Firing %d was due %s and %s."
            .formatted(
                firing.firing(), firing.due() == null ? firing.createdAt() : firing.due(), state));
  }

  private Optional<News> stillAtWork(Handle handle, AlertRule.IfSlow rule, Firing bare) {
    List<Attempt> attempts = handle.attach(FiringTable.class).attempts(bare.firing());
    Attempt last = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    return last == null || last.startedAt() == null
        ? Optional.empty()
        : slow(
            rule,
            bare.with(attempts),
            Duration.between(last.startedAt(), clock.instant()),
            before(handle, bare));
  }
}
