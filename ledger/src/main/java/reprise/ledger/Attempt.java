package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One try to carry out a firing.
 *
 * @param number from 1 within its firing
 * @param place where it is carried out, see {@link Placement#on}
 * @param notBefore when its time comes
 * @param run that it became; null as long as there is none, and where each stage has its own
 * @param verdict beside the golden run; null if it came to none
 * @param why it ended as it did, in one sentence; null where that says itself
 * @param artifacts the files that it leaves behind; none unless it succeeded
 * @param stages in their order; none if all steps were executed in one JVM, and as long as it is
 *     under way
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
    List<Artifact> artifacts,
    List<StageResult> stages) {
  public Attempt {
    artifacts = List.copyOf(artifacts);
    stages = List.copyOf(stages);
  }

  /** All runs that it became, in the order of its stages. */
  @JsonIgnore
  public List<RunId> runs() {
    return run != null
        ? List.of(run)
        : stages.stream().map(StageResult::run).filter(Objects::nonNull).toList();
  }
}
