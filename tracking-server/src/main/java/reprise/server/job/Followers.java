package reprise.server.job;

import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import reprise.ledger.Attempt;
import reprise.ledger.Firing;
import reprise.ledger.FiringStatus;
import reprise.ledger.Job;
import reprise.ledger.Trigger;

/**
 * Jobs that begin when another is done.
 *
 * @param files where what the other made lies
 * @param firing takes their occasions in
 */
record Followers(AttemptFiles files, Fire firing) {

  /** Takes in an occasion of a job's, within a transaction. */
  interface Fire {
    Optional<Long> fire(Handle handle, Job job, Firings.Occasion occasion);
  }

  /** In the transaction that ends the other, so that no end is heard of twice or never. */
  void start(Handle handle, Firing ended) {
    boolean succeeded = ended.status() == FiringStatus.SUCCEEDED;
    if (!succeeded && ended.status() != FiringStatus.FAILED) {
      return;
    }
    JobTable jobs = handle.attach(JobTable.class);
    for (JobTable.Due each : jobs.ofKind("after")) {
      Trigger.After after = (Trigger.After) each.trigger();
      boolean meant =
          switch (after.end()) {
            case ANY -> true;
            case SUCCESS -> succeeded;
            case FAILURE -> !succeeded;
          };
      if (meant && after.job().equals(ended.job())) {
        jobs.find(each.job())
            .ifPresent(
                job ->
                    firing.fire(
                        handle,
                        job,
                        new Firings.Occasion(
                            "after:%d:%s".formatted(ended.firing(), ended.status()),
                            "after firing %d of %s".formatted(ended.firing(), ended.job()),
                            false,
                            ended.due(),
                            given(handle, after, ended))));
      }
    }
  }

  /** What a job is told of the one before it, whatever that makes by the time that it begins. */
  private Map<String, String> given(Handle handle, Trigger.After after, Firing ended) {
    String parameter = after.parameter();
    Optional<Attempt> success = handle.attach(FiringTable.class).success(ended.firing());
    return parameter == null || success.isEmpty()
        ? Map.of()
        : Map.of(parameter, files.of(success.get().attempt()).toString());
  }
}
