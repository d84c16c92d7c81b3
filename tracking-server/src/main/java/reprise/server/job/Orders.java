package reprise.server.job;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Attempt;
import reprise.ledger.AttemptId;
import reprise.ledger.AttemptOrder;
import reprise.ledger.Firing;
import reprise.ledger.Job;
import reprise.ledger.JobName;
import reprise.ledger.JobPolicy;
import reprise.ledger.JobTrigger;
import reprise.ledger.JobVersion;
import reprise.ledger.Placement;
import reprise.ledger.StageResult;
import reprise.ledger.Trigger;

/** Puts together what an attempt is told. */
record Orders(InstantSource clock, JobMeters meters, AttemptFiles files) {
  static final int LOOKED_BACK = 30;

  /** Marks an attempt as begun; null if it no longer counts. */
  @Nullable AttemptOrder begin(Handle handle, AttemptId id) {
    FiringTable firings = handle.attach(FiringTable.class);
    Instant now = clock.instant();
    if (firings.begin(id, now) == 0) {
      return null;
    }
    Attempt attempt = firings.attempt(id).orElseThrow();
    Firing firing = firings.bare(attempt.firing()).orElseThrow();
    if (now.equals(attempt.startedAt())) { // and was not begun by a server before this one
      handle.afterCommit(() -> meters.began(firing, attempt));
    }
    JobTable jobs = handle.attach(JobTable.class);
    Job job = Firings.job(handle, firing.job());
    JobVersion version = jobs.version(firing.job(), firing.version()).orElseThrow();
    Map<String, String> parameters = parameters(version, firing, zone(jobs.triggers(job.job())));
    return new AttemptOrder(
        id,
        job.job(),
        version.version(),
        version.run(),
        parameters,
        live(version, parameters),
        version.freshChance(),
        version.online(),
        job.policy().timeoutSeconds(),
        job.policy().memory(),
        where(attempt, job.policy()),
        version.stages(),
        job.policy().stageAttempts() == null ? null : job.policy().stageRetry(),
        version.stages().isEmpty() ? List.of() : known(firings, job.job()));
  }

  /** And the files of another job's attempt, of which the promoted run knew nothing. */
  private List<String> live(JobVersion version, Map<String, String> parameters) {
    return Stream.concat(
            version.live().stream(),
            parameters.values().stream().filter(it -> files.named(it).isPresent()))
        .distinct()
        .toList();
  }

  /** Whatever attempts before may have left behind that need not be made again. */
  private static List<StageResult> known(FiringTable firings, JobName job) {
    return firings.latest(job, LOOKED_BACK).stream()
        .flatMap(it -> it.stages().stream())
        .filter(it -> it.key() != null && it.status().isGood())
        .toList();
  }

  /** An attempt stays where it is; what it is given there is as the policy says now. */
  private static Placement where(Attempt attempt, JobPolicy policy) {
    return policy.where().on().equals(attempt.place())
        ? policy.where()
        : Placement.bare(attempt.place());
  }

  /** The version's and, in their place, the firing's, as far as they are not the run's own. */
  private static Map<String, String> parameters(JobVersion version, Firing firing, ZoneId zone) {
    Instant time = firing.due() == null ? firing.createdAt() : firing.due();
    Map<String, String> parameters = new LinkedHashMap<>(version.altered());
    parameters.putAll(firing.parameters());
    parameters.replaceAll((name, value) -> DueTime.fill(value, time.atZone(zone)));
    return parameters;
  }

  private static ZoneId zone(List<JobTrigger> triggers) {
    return triggers.stream()
        .map(JobTrigger::trigger)
        .filter(Trigger.Cron.class::isInstance)
        .map(it -> ZoneId.of(((Trigger.Cron) it).zone()))
        .findFirst()
        .orElse(ZoneOffset.UTC);
  }
}
