package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run beside its replay, and what came of the comparison.
 *
 * @param run the original
 * @param replay the run that executed it again; null if it could not even begin
 * @param steps how many the original has
 * @param compared how many of them were compared
 * @param why for {@link Verdict#NOT_RUN}: what is missing and what to do, in one sentence
 * @param notCompared what was not looked at and so does not count as the same, a line each
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reproduction(
    RunId run,
    @Nullable RunId replay,
    Instant at,
    Verdict verdict,
    @Nullable String why,
    int steps,
    int compared,
    long tookMillis,
    List<StepVerdict> verdicts,
    List<Divergence> divergences,
    List<NormaliserUse> normalisers,
    List<String> notCompared) {

  public Reproduction {
    verdicts = List.copyOf(verdicts);
    divergences = List.copyOf(divergences);
    normalisers = List.copyOf(normalisers);
    notCompared = List.copyOf(notCompared);
  }

  /** The verdict on one step. */
  public record StepVerdict(int step, Verdict verdict) {}

  /** A step that was the same only after the named normaliser. */
  public record NormaliserUse(int step, String name) {}

  /**
   * One thing that came out differently; the list begins with the first.
   *
   * @param what names the thing: a stream, a mime type, a path, a variable
   * @param cause null as long as none was proved
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Divergence(
      int step, Kind kind, String what, String expected, String actual, @Nullable String cause) {}

  /** In which respect a step differed. */
  public enum Kind {
    @JsonProperty("outcome")
    OUTCOME,
    @JsonProperty("output")
    OUTPUT,
    @JsonProperty("result")
    RESULT,
    @JsonProperty("error")
    ERROR,
    @JsonProperty("data")
    DATA,
    @JsonProperty("value")
    VALUE
  }
}
