package reprise.server.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reprise.ledger.RunId;

/**
 * Replaying that was asked for here, and how far it is.
 *
 * @param replay the run that it became, for {@link Purpose#CAUSE} the latest of them; null as long
 *     as none has opened
 * @param message for {@link State#FAILED}: what the reproducer said, in one sentence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Replaying(
    String id,
    RunId run,
    Purpose purpose,
    State state,
    @Nullable RunId replay,
    @Nullable String message,
    Instant startedAt) {

  /** What is to be found out. */
  public enum Purpose {
    /** Whether the run comes out the same: one replay. */
    VERDICT,
    /** Why it does not: one replay after another, each with something else swapped. */
    CAUSE
  }

  /** Where it stands. */
  public enum State {
    /** The reproducer is at work; no cell has run yet. */
    STARTING,
    /** Cells are running; {@link Replaying#replay} can be followed. */
    RUNNING,
    /** Compared; the reproduction says what came of it. */
    DONE,
    /** Could not be done. */
    FAILED
  }

  /** Its run has opened; that may be heard of after its end. */
  Replaying become(RunId opened) {
    State now = state == State.STARTING ? State.RUNNING : state;
    return new Replaying(id, run, purpose, now, opened, message, startedAt);
  }

  Replaying done() {
    return new Replaying(id, run, purpose, State.DONE, replay, null, startedAt);
  }

  Replaying failed(String sentence) {
    return new Replaying(id, run, purpose, State.FAILED, replay, sentence, startedAt);
  }
}
