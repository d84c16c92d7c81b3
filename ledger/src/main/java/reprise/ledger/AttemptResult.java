package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt. It appears as {@value #FILE} in the attempt's folder, at once and
 * whole, after all else that stands there.
 *
 * @param succeeded whether every step ended as that of the golden run did
 * @param timedOut whether it did not because it took too long
 * @param lost whether it did not because somebody else ended its JVM, so that another try may do
 *     better
 * @param run null if nothing was executed, and where each stage has its own
 * @param verdict beside the golden run; null if nothing could be compared
 * @param why it did not succeed, in one sentence; of one that did, what was not as in the golden
 *     run, such as its JDK, else null
 * @param artifacts files below {@value #ARTIFACTS} in the attempt's folder
 * @param stages in their order; none if all steps were executed in one JVM
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttemptResult(
    AttemptId attempt,
    boolean succeeded,
    boolean timedOut,
    boolean lost,
    @Nullable RunId run,
    @Nullable Verdict verdict,
    @Nullable String why,
    List<Artifact> artifacts,
    List<StageResult> stages) {
  public static final String FILE = "result.json";
  public static final String ARTIFACTS = "artifacts";

  public AttemptResult {
    artifacts = List.copyOf(artifacts);
    stages = stages == null ? List.of() : List.copyOf(stages); // one that is not told of
  }

  /** The same, for want of time. */
  public AttemptResult outOfTime() {
    return new AttemptResult(attempt, false, true, false, run, verdict, why, artifacts, stages);
  }
}
