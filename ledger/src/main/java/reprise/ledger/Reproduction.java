package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * @param parameters what parameters were in the replay instead of what they had been, by their
 *     names, as a person writes values
 * @param altered in what the replay was meant to be otherwise than the original, a line each; empty
 *     if it was to be the same
 * @param excerpt what of the original was replayed; null if all of it
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
    List<String> notCompared,
    Map<String, String> parameters,
    List<String> altered,
    @Nullable Excerpt excerpt) {

  /** Takes null for what an older version did not know. */
  public Reproduction(
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
      List<String> notCompared,
      @Nullable Map<String, String> parameters,
      @Nullable List<String> altered,
      @Nullable Excerpt excerpt) {
    this.run = run;
    this.replay = replay;
    this.at = at;
    this.verdict = verdict;
    this.why = why;
    this.steps = steps;
    this.compared = compared;
    this.tookMillis = tookMillis;
    this.verdicts = List.copyOf(verdicts);
    this.divergences = List.copyOf(divergences);
    this.normalisers = List.copyOf(normalisers);
    this.notCompared = List.copyOf(notCompared);
    this.parameters =
        parameters == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    this.altered = altered == null ? List.of() : List.copyOf(altered);
    this.excerpt = excerpt;
  }

  /** One of a replay of the whole run that was to be the same. */
  public Reproduction(
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
    this(
        run,
        replay,
        at,
        verdict,
        why,
        steps,
        compared,
        tookMillis,
        verdicts,
        divergences,
        normalisers,
        notCompared,
        null,
        null,
        null);
  }

  /** The same of a replay that was meant to be otherwise. */
  public Reproduction altered(Map<String, String> parameters, List<String> altered) {
    return new Reproduction(
        run,
        replay,
        at,
        verdict,
        why,
        steps,
        compared,
        tookMillis,
        verdicts,
        divergences,
        normalisers,
        notCompared,
        parameters,
        altered,
        excerpt);
  }

  /**
   * The same of a replay of a part.
   *
   * @param steps how many the original has
   */
  public Reproduction of(Excerpt excerpt, int steps) {
    return new Reproduction(
        run,
        replay,
        at,
        verdict,
        why,
        steps,
        compared,
        tookMillis,
        verdicts,
        divergences,
        normalisers,
        notCompared,
        parameters,
        altered,
        excerpt);
  }

  /**
   * What of a run was replayed.
   *
   * @param to the last step
   * @param leftOut steps before it that it does not need, and that were not executed
   * @param unproved why the replay of a slice was not believed, so that all steps were replayed;
   *     null if it was, or if none was asked for
   * @param hiddenState what steps used that is no longer in the notebook, a line each
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Excerpt(
      int to, List<Integer> leftOut, @Nullable String unproved, List<String> hiddenState) {
    public Excerpt {
      leftOut = List.copyOf(leftOut);
      hiddenState = List.copyOf(hiddenState);
    }
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
