package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as one line among many.
 *
 * @param next when it is due next; null if nothing says
 * @param recent its latest firings, newest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobSummary(
    Job job, List<JobTrigger> triggers, @Nullable Instant next, List<Firing> recent) {
  public JobSummary {
    triggers = List.copyOf(triggers);
    recent = List.copyOf(recent);
  }
}
