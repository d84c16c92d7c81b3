package reprise.server.job;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Attempt;
import reprise.ledger.AttemptId;
import reprise.ledger.AttemptResult;
import reprise.ledger.AttemptStatus;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.Job;
import reprise.ledger.JobName;
import reprise.ledger.JobPolicy;
import reprise.server.http.Refusal;

/**
 * What becomes of firings. Each change is one transaction of the caller's, so that whoever dies
 * leaves either all of it or nothing, and each may be asked for twice.
 */
final class Firings {
  // One that kills its server each time would else be tried for ever.
  private static final int MOST_LOST = 5;

  private final InstantSource clock;
  private final RandomGenerator chance;
  private final FiringQueue queue;
  private final Consumer<JobName> live;
  private final JobMeters meters;
  private final BiConsumer<Firing, Attempt> ended;
  private final Watch watch;
  private final Followers followers;

  /**
   * All who are told hear of what is in the database.
   *
   * @param live hears of each job that has a new firing
   * @param ended hears of each attempt that ended
   */
  Firings(
      InstantSource clock,
      RandomGenerator chance,
      FiringQueue queue,
      Consumer<JobName> live,
      JobMeters meters,
      BiConsumer<Firing, Attempt> ended,
      AttemptFiles files) {
    this.clock = clock;
    this.chance = chance;
    this.live = live;
    this.meters = meters;
    this.ended = ended;
    this.queue = queue;
    this.watch = new Watch(clock);
    this.followers = new Followers(files, this::fire);
  }

  /**
   * An occasion for a job.
   *
   * @param asked whether somebody asked for it, so that neither pause nor overlap keeps it away
   * @param due the time that it stands for; null if it stands for none
   */
  record Occasion(
      String key,
      String cause,
      boolean asked,
      @Nullable Instant due,
      Map<String, String> parameters) {}

  /** An occasion of a job's. */
  record Called(Job job, Occasion occasion) {}

  /** Takes in occasions, in order, with few questions to the database however many they are. */
  void fireAll(Handle handle, List<Called> called) {
    if (called.isEmpty()) {
      return;
    }
    FiringTable table = handle.attach(FiringTable.class);
    Map<JobName, Integer> atWork = table.atWork();
    Map<JobName, Job> toAdvance = new LinkedHashMap<>();
    List<Firing> fresh = new ArrayList<>();
    for (Called each : called) {
      Job job = each.job();
      String left = leftOut(atWork.getOrDefault(job.job(), 0), job, each.occasion());
      if (left == null && job.policy().overlap() == JobPolicy.Overlap.SKIP) {
        fire(handle, job, each.occasion()); // what comes next depends on whether this one begins
        atWork.put(job.job(), table.count(job.job(), FiringStatus.RUNNING));
      } else {
        fresh.add(fresh(job, each.occasion(), left));
        if (left == null) {
          toAdvance.put(job.job(), job);
        }
      }
    }
    int[] added = table.add(fresh);
    toAdvance.values().forEach(job -> queue.advance(handle, job));
    Set<JobName> told = new LinkedHashSet<>();
    for (int i = 0; i < added.length; i++) {
      Firing it = fresh.get(i);
      if (added[i] > 0) {
        told.add(it.job());
        if (it.status() == FiringStatus.SKIPPED) {
          meters.ended(handle, it.job(), FiringStatus.SKIPPED);
        }
      }
    }
    handle.afterCommit(() -> told.forEach(live));
  }

  /** Takes in an occasion; empty if the job had it before. */
  Optional<Long> fire(Handle handle, Job job, Occasion occasion) {
    FiringTable table = handle.attach(FiringTable.class);
    String left = leftOut(table.count(job.job(), FiringStatus.RUNNING), job, occasion);
    Optional<Long> firing = add(handle, job, occasion, left);
    if (firing.isPresent() && left == null) {
      queue.advance(handle, job);
    }
    return firing;
  }

  /** Writes down an occasion that cannot be carried out, and why. */
  void refuse(Handle handle, Job job, Occasion occasion, String why) {
    add(handle, job, occasion, why);
  }

  private Optional<Long> add(Handle handle, Job job, Occasion occasion, @Nullable String left) {
    Optional<Long> firing = handle.attach(FiringTable.class).add(fresh(job, occasion, left));
    if (firing.isPresent()) {
      handle.afterCommit(() -> live.accept(job.job()));
    }
    if (firing.isPresent() && left != null) {
      meters.ended(handle, job.job(), FiringStatus.SKIPPED);
    }
    return firing;
  }

  /** It gets its number when it is added. */
  private Firing fresh(Job job, Occasion occasion, @Nullable String left) {
    Instant now = clock.instant();
    return new Firing(
        0,
        job.job(),
        job.version(),
        occasion.key(),
        occasion.cause(),
        occasion.asked(),
        occasion.due(),
        occasion.parameters(),
        left == null ? FiringStatus.QUEUED : FiringStatus.SKIPPED,
        left,
        now,
        left == null ? null : now,
        List.of());
  }

  Instant now() {
    return clock.instant();
  }

  /** Why an occasion is not to be carried out; null if it is. */
  private static @Nullable String leftOut(int atWork, Job job, Occasion occasion) {
    if (occasion.asked()) {
      return null;
    }
    JobPolicy policy = job.policy();
    if (job.paused()) {
      return policy.whilePaused() == JobPolicy.WhilePaused.DROP ? "the job was paused" : null;
    }
    return policy.overlap() == JobPolicy.Overlap.SKIP && atWork >= policy.atOnce()
        ? "%d %s at work, and no more may be".formatted(atWork, atWork == 1 ? "was" : "were")
        : null;
  }

  /**
   * Takes note of how an attempt ended. Only the attempt that the firing was last entrusted to
   * decides about it; what a late twin brings is written down and has no effect.
   *
   * @param result null if it brought none
   * @return whether its artifacts count
   */
  boolean end(
      Handle handle,
      AttemptId id,
      AttemptStatus status,
      @Nullable AttemptResult result,
      @Nullable String why) {
    FiringTable table = handle.attach(FiringTable.class);
    Attempt attempt = table.attempt(id).orElse(null);
    Firing firing = attempt == null ? null : table.bare(attempt.firing()).orElse(null);
    if (firing == null) {
      return false;
    }
    Instant moment = clock.instant();
    boolean good = status == AttemptStatus.SUCCEEDED;
    boolean commits =
        good && table.settle(firing.firing(), id, FiringStatus.SUCCEEDED, null, moment) == 1;
    AttemptStatus really = good && !commits ? AttemptStatus.CANCELLED : status;
    int over =
        table.end(
            id,
            really,
            moment,
            result == null ? null : result.run(),
            result == null ? null : result.verdict(),
            good && !commits ? "another attempt had taken its place" : why,
            commits && result != null ? result.artifacts() : List.of(),
            result == null ? List.of() : result.stages());
    if (commits) {
      meters.ended(handle, firing.job(), FiringStatus.SUCCEEDED);
    }
    if (over == 1) {
      Attempt now = table.attempt(id).orElseThrow();
      handle.afterCommit(() -> tell(firing, now));
      Job job = job(handle, firing.job());
      if (!good && firing.status() == FiringStatus.RUNNING) {
        tryAgain(handle, job.policy(), firing, id, status, why);
      }
      queue.advance(handle, job);
      Firing after = found(table, firing.firing());
      if (after.status().isOver()) {
        watch.ended(handle, after);
        followers.start(handle, after);
      }
    }
    return commits;
  }

  private void tell(Firing firing, Attempt attempt) {
    meters.ended(firing.job(), attempt);
    ended.accept(firing, attempt);
  }

  private void tryAgain(
      Handle handle,
      JobPolicy policy,
      Firing firing,
      AttemptId last,
      AttemptStatus status,
      @Nullable String why) {
    FiringTable table = handle.attach(FiringTable.class);
    Instant now = clock.instant();
    int lost = table.count(firing.firing(), List.of(AttemptStatus.LOST));
    int failed =
        table.count(firing.firing(), List.of(AttemptStatus.FAILED, AttemptStatus.TIMED_OUT));
    if (status == AttemptStatus.LOST && lost < MOST_LOST) {
      queue.entrust(table, policy, firing.firing(), now);
    } else if (status != AttemptStatus.LOST && failed < policy.attempts()) {
      queue.entrust(table, policy, firing.firing(), now.plus(policy.retry().pause(failed, chance)));
    } else if (table.settle(firing.firing(), last, FiringStatus.FAILED, why, now) == 1) {
      meters.ended(handle, firing.job(), FiringStatus.FAILED);
    }
  }

  /** Ends a firing at somebody's wish. */
  void cancel(Handle handle, long firing) {
    FiringTable table = handle.attach(FiringTable.class);
    Firing it = found(table, firing);
    if (queue.cancel(handle, it, "cancelled by hand") == 0) {
      throw new Refusal(409, "firing %d is over: %s".formatted(firing, it.status()));
    }
    queue.advance(handle, job(handle, it.job()));
  }

  /** Opens a firing again that came to no good end: the same version, the same parameters. */
  void reopen(Handle handle, long firing) {
    FiringTable table = handle.attach(FiringTable.class);
    Firing it = found(table, firing);
    if (table.reopen(firing) == 0) {
      throw new Refusal(
          409,
          "firing %d is %s, so there is nothing to repair; run the job again instead"
              .formatted(firing, it.status()));
    }
    queue.advance(handle, job(handle, it.job()));
  }

  static Firing found(FiringTable table, long firing) {
    return table
        .find(firing)
        .orElseThrow(() -> new Refusal(404, "there is no firing %d".formatted(firing)));
  }

  static Job job(Handle handle, JobName name) {
    return handle
        .attach(JobTable.class)
        .find(name)
        .orElseThrow(
            () ->
                new Refusal(
                    404,
                    "there is no job '%s'; 'reprise job list' shows those that there are"
                        .formatted(name)));
  }
}
