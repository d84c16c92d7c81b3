package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that whoever carries out an attempt is told. It stands as {@value #FILE} in the attempt's own
 * folder, into which its {@link AttemptResult} comes.
 *
 * @param live files and folders that are read as they lie there
 * @param memory as the JVM writes sizes; null for that of the run
 * @param on where it is carried out
 * @param stages that are executed side by side; none if all steps are executed in one JVM
 * @param stageRetry how often a stage is tried; null for once
 * @param known what became of stages in attempts before, newest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttemptOrder(
    AttemptId attempt,
    JobName job,
    int version,
    RunId run,
    Map<String, String> parameters,
    List<String> live,
    boolean freshChance,
    boolean online,
    @Nullable Integer timeoutSeconds,
    @Nullable String memory,
    Placement on,
    List<Stage> stages,
    @Nullable Retry stageRetry,
    List<StageResult> known) {
  public static final String FILE = "order.json";

  public AttemptOrder {
    parameters = Map.copyOf(parameters);
    live = List.copyOf(live);
    stages = List.copyOf(stages);
    known = List.copyOf(known);
  }
}
