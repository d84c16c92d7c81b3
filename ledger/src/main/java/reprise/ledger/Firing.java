package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One occasion on which a job is to run. It happens once, however often it is told of and however
 * many attempts it takes.
 *
 * @param firing counts over all jobs, from 1; 0 until it is kept
 * @param version the job's, as it was when the firing came
 * @param key what makes it this one and no other of the job, e.g. the time at which it was due
 * @param cause what started it, for a person
 * @param asked whether somebody asked for it, so that a pause does not hold it
 * @param due the time that it stands for; null if it stands for none
 * @param parameters other values than the version's, by name
 * @param why it stands where it stands, as far as that needs a word
 * @param attempts first to last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Firing(
    long firing,
    JobName job,
    int version,
    String key,
    String cause,
    boolean asked,
    @Nullable Instant due,
    Map<String, String> parameters,
    FiringStatus status,
    @Nullable String why,
    Instant createdAt,
    @Nullable Instant endedAt,
    List<Attempt> attempts) {
  public Firing {
    parameters = Map.copyOf(parameters);
    attempts = List.copyOf(attempts);
  }

  /** The same with these attempts. */
  public Firing with(List<Attempt> attempts) {
    return new Firing(
        firing,
        job,
        version,
        key,
        cause,
        asked,
        due,
        parameters,
        status,
        why,
        createdAt,
        endedAt,
        attempts);
  }
}
