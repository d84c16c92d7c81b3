package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How far the server is with replaying a run by itself.
 *
 * @param why what stands in the way, in one sentence; null if nothing does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Verification(RunId run, Phase stage, @Nullable String why) {

  /** Where it stands. */
  public enum Phase {
    /** Its turn has not come. */
    WAITING,
    /** Being replayed, or searched for a cause. */
    AT_WORK,
    /** The run has a verdict. */
    DONE,
    /** Switched off for its experiment. */
    OFF,
    /** Not to be replayed without being asked. */
    PASSED_OVER,
    /** Could not be replayed. */
    FAILED
  }
}
