package reprise.server.job;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import reprise.ledger.Attempt;
import reprise.ledger.AttemptId;
import reprise.ledger.AttemptStatus;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.Job;
import reprise.ledger.JobPolicy;

/** Which of a job's firings may be at work, as its policy says. */
final class FiringQueue {
  private static final int ALL = Integer.MAX_VALUE;

  private final InstantSource clock;
  private final RandomGenerator chance;
  private final JobMeters meters;

  FiringQueue(InstantSource clock, RandomGenerator chance, JobMeters meters) {
    this.clock = clock;
    this.chance = chance;
    this.meters = meters;
  }

  /** Has as many of a job's queue begin as its policy lets. */
  void advance(Handle handle, Job job) {
    FiringTable table = handle.attach(FiringTable.class);
    int free = job.policy().atOnce() - table.count(job.job(), FiringStatus.RUNNING);
    boolean makesRoom = job.policy().overlap() == JobPolicy.Overlap.CANCEL_OLD;
    if (free <= 0 && !makesRoom) {
      return;
    }
    for (Firing queued : table.queue(job.job(), job.paused(), makesRoom ? ALL : free)) {
      free += free <= 0 ? cancelOldest(handle, job) : 0;
      entrust(table, job.policy(), queued.firing(), clock.instant());
      free--;
    }
  }

  private int cancelOldest(Handle handle, Job job) {
    List<Firing> atWork =
        handle.attach(FiringTable.class).inStatus(job.job(), FiringStatus.RUNNING);
    return atWork.isEmpty() ? 0 : cancel(handle, atWork.get(0), "a newer one took its place");
  }

  /** Ends a firing that is not over; returns how many that were. */
  int cancel(Handle handle, Firing firing, String why) {
    int cancelled = handle.attach(FiringTable.class).cancel(firing.firing(), why, clock.instant());
    if (cancelled == 1) {
      meters.ended(handle, firing.job(), FiringStatus.CANCELLED);
    }
    return cancelled;
  }

  /** Entrusts a firing to a new attempt, which begins at {@code notBefore} at the earliest. */
  void entrust(FiringTable table, JobPolicy policy, long firing, Instant notBefore) {
    AttemptId attempt = AttemptId.next(clock, chance);
    if (table.entrust(firing, attempt) == 1) {
      int number = table.attempts(firing).size() + 1;
      table.add(
          new Attempt(
              attempt,
              firing,
              number,
              policy.where().on(),
              AttemptStatus.WAITING,
              notBefore,
              null,
              null,
              null,
              null,
              null,
              List.of(),
              List.of()));
    }
  }
}
