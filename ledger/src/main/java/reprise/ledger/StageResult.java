package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a stage in an attempt.
 *
 * @param stage its number
 * @param key of all that decides what comes out: code, inputs, parameters, chance, jars; null as
 *     long as it is not known, and where the network or chance is free
 * @param attempt that executed it, another one if it was skipped; null if none did
 * @param run that it became there
 * @param verdict beside the same steps of the golden run
 * @param millis that it took there
 * @param why it did not succeed, or what was not as in the golden run, in one sentence
 * @param tries how often it was tried in this attempt; null for at most once
 * @param files that it made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StageResult(
    int stage,
    StageStatus status,
    @Nullable Digest key,
    @Nullable AttemptId attempt,
    @Nullable RunId run,
    @Nullable Verdict verdict,
    @Nullable Long millis,
    @Nullable String why,
    @Nullable Integer tries,
    List<Artifact> files) {
  /** Below it, in an attempt's folder, each stage has its own by its number. */
  public static final String FOLDER = "stages";

  /** In an attempt's folder: how its stages stand, while it is under way. */
  public static final String FILE = "stages.json";

  public StageResult {
    files = List.copyOf(files);
  }

  /** One of which no more is known. */
  public static StageResult bare(int stage, StageStatus status) {
    return new StageResult(stage, status, null, null, null, null, null, null, null, List.of());
  }

  /** The same after so many tries. */
  public StageResult tried(int times) {
    return times < 2
        ? this
        : new StageResult(stage, status, key, attempt, run, verdict, millis, why, times, files);
  }
}
