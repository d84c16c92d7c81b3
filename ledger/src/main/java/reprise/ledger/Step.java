package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cell run with all that is known of it. A cell that ran twice leaves two of these.
 *
 * @param step counts from 1 through the session, in the order in which cells really ran
 * @param run the run in which it happened
 * @param tookNanos null while it runs
 * @param outcome null while it runs
 * @param outputs as they stand under the cell, see {@link Outputs#shown}
 * @param inputs lines that the step asked for and got; null stands for a password
 * @param chance null if it used none, or if nobody looked
 * @param flow null while it runs, and in what versions wrote that did not look
 * @param children processes that it started, in order
 * @param snapshot the commit of the code as it was; null until it is taken
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Step(
    int step,
    RunId run,
    String cell,
    @Nullable Integer executionCount,
    String source,
    List<String> tags,
    Instant startedAt,
    @Nullable Long tookNanos,
    @Nullable Outcome outcome,
    List<Output> outputs,
    List<Input> inputs,
    List<Data> data,
    List<Parameter> parameters,
    List<Value> values,
    List<Jar> jars,
    @Nullable Chance chance,
    @Nullable Flow flow,
    List<ChildProcess> children,
    @Nullable String snapshot) {

  /** A line read from the person; {@code text} is null for a password. */
  public record Input(String prompt, @Nullable String text) {}

  /** Whether a failure of this step is wanted, as the notebook's author says by tag. */
  public boolean mayFail() {
    return tags.contains("raises-exception");
  }
}
