package reprise.server.job;

import org.jspecify.annotations.Nullable;
import reprise.ledger.Job;
import reprise.ledger.JobPolicy;

/** A job with one thing otherwise. */
final class Changed {
  private Changed() {}

  static Job version(Job job, int version) {
    return new Job(job.job(), version, job.paused(), job.owner(), job.policy(), job.createdAt());
  }

  static Job paused(Job job, boolean paused) {
    return new Job(job.job(), job.version(), paused, job.owner(), job.policy(), job.createdAt());
  }

  static Job owner(Job job, @Nullable String owner) {
    return new Job(job.job(), job.version(), job.paused(), owner, job.policy(), job.createdAt());
  }

  static Job policy(Job job, JobPolicy policy) {
    return new Job(job.job(), job.version(), job.paused(), job.owner(), policy, job.createdAt());
  }
}
