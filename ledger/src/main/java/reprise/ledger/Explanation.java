package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why two runs of the same notebook came out differently, as far as replays proved it.
 *
 * @param run the one that came out otherwise
 * @param other the one that it is held against
 * @param verdict of {@code run} beside {@code other}
 * @param step the first of {@code run} that came out otherwise; null if none did
 * @param cause the factor, or those that only together make the difference; null if there is no
 *     difference, or if none was proved
 * @param why where no cause was proved although there is a difference: what stands in the way
 * @param interventions the replays that were made, in order
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Explanation(
    RunId run,
    RunId other,
    Instant at,
    Verdict verdict,
    @Nullable Integer step,
    @Nullable String cause,
    @Nullable String why,
    long tookMillis,
    List<Intervention> interventions) {
  public Explanation {
    interventions = List.copyOf(interventions);
  }

  /**
   * One replay with some of what the one run had in place of what the other had.
   *
   * @param factor what kind of thing was swapped
   * @param what was swapped, in words
   * @param of the run that was replayed, all else as it had been there
   * @param verdict of the replay beside that run, up to the step in question
   * @param asOther whether it came out as the run from which the factor was taken
   * @param replay the run that came of it; null if it could not begin
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Intervention(
      Factor factor,
      String what,
      RunId of,
      Verdict verdict,
      boolean asOther,
      @Nullable RunId replay,
      long tookMillis) {}

  /** Why the same notebook may come out differently, those first that are tried first. */
  public enum Factor {
    /** Nothing is swapped: what came of it shows whether the run repeats itself. */
    @JsonProperty("nothing")
    NOTHING("nothing"),
    @JsonProperty("parameter")
    PARAMETER("parameter"),
    @JsonProperty("code")
    CODE("code"),
    @JsonProperty("cell ran twice")
    CELL_RAN_TWICE("cell ran twice"),
    @JsonProperty("cell deleted")
    CELL_DELETED("cell deleted"),
    @JsonProperty("cell order")
    CELL_ORDER("cell order"),
    @JsonProperty("input bytes")
    INPUT_BYTES("input bytes"),
    @JsonProperty("directory order")
    DIRECTORY_ORDER("directory order"),
    @JsonProperty("network reply")
    NETWORK_REPLY("network reply"),
    @JsonProperty("typed input")
    TYPED_INPUT("typed input"),
    @JsonProperty("child process")
    CHILD_PROCESS("child process"),
    @JsonProperty("dependency jar")
    DEPENDENCY_JAR("dependency jar"),
    @JsonProperty("locale")
    LOCALE("locale"),
    @JsonProperty("time zone")
    TIME_ZONE("time zone"),
    @JsonProperty("encoding")
    ENCODING("encoding"),
    @JsonProperty("line separator")
    LINE_SEPARATOR("line separator"),
    @JsonProperty("environment variable")
    ENVIRONMENT_VARIABLE("environment variable"),
    @JsonProperty("account")
    ACCOUNT("account"),
    @JsonProperty("thread count")
    THREAD_COUNT("thread count"),
    @JsonProperty("hash order")
    HASH_ORDER("hash order"),
    @JsonProperty("seed")
    SEED("seed"),
    @JsonProperty("clock")
    CLOCK("clock"),
    @JsonProperty("JVM option")
    JVM_OPTION("JVM option"),
    @JsonProperty("JDK")
    JDK("JDK");

    private final String words;

    Factor(String words) {
      this.words = words;
    }

    /** As people write it. */
    @Override
    public String toString() {
      return words;
    }
  }
}
