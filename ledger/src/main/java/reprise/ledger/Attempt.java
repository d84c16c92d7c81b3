package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One try to carry out a firing.
 *
 * @param number from 1 within its firing
 * @param place where it is carried out, see {@link Placement#on}
 * @param notBefore when its time comes
 * @param run that it became; null as long as there is none
 * @param verdict beside the golden run; null if it came to none
 * @param why it ended as it did, in one sentence; null where that says itself
 * @param artifacts the files that it leaves behind; none unless it succeeded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attempt(
    AttemptId attempt,
    long firing,
    int number,
    String place,
    AttemptStatus status,
    Instant notBefore,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable RunId run,
    @Nullable Verdict verdict,
    @Nullable String why,
    List<Artifact> artifacts) {
  public Attempt {
    artifacts = List.copyOf(artifacts);
  }
}
