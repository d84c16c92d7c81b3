package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trigger that is set for a job.
 *
 * @param id counts over all jobs
 * @param next when it is due next; null if it never is, or if no clock decides that
 * @param complaint why it hears of nothing at present; null if it does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobTrigger(
    long id, JobName job, Trigger trigger, @Nullable Instant next, @Nullable String complaint) {
  /** The same with this complaint. */
  public JobTrigger with(@Nullable String complaint) {
    return new JobTrigger(id, job, trigger, next, complaint);
  }
}
